import { serveTrainer } from '../../jobs/sweep/serveTrainer.ts';
import type { FromTrainer, ToTrainer } from '../../jobs/sweep/trainerMessages.ts';
import { BELOW_THE_WINDOW, lowerPriority } from '../lowerPriority.ts';
import type { ChannelPort, WorkerPort } from '../protocol.ts';
import { TRAINER } from '../trainerNotice.ts';

/** Serves a process that trains for a job: main hands it its end of the channel to the job, and ends it when the job has ended. */
export function trainerWorker(port: WorkerPort): void {
  // Before any thread is started: on Linux threads keep the priority that they were made with.
  lowerPriority(BELOW_THE_WINDOW);
  port.on('message', ({ data, ports: [end] }) => {
    if (data.type === 'port' && data.name === TRAINER && end) {
      serve(end as unknown as ChannelPort<FromTrainer, ToTrainer>);
    }
  });
  port.postMessage({ type: 'ready' });
}

function serve(channel: ChannelPort<FromTrainer, ToTrainer>): void {
  serveTrainer({
    send: (message) => channel.postMessage(message),
    listen: (onMessage) => channel.on('message', ({ data }) => onMessage(data)),
  });
  // The job has gone: nobody would store what is computed here.
  channel.on('close', () => process.exit(0));
  channel.start();
}
