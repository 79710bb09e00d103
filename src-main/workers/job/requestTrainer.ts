import type { FromTrainer, ToTrainer, TrainerChannel } from '../../jobs/sweep/trainerMessages.ts';
import type { ChannelPort, WorkerPort } from '../protocol.ts';
import { TRAINER, TRAINERS_END } from '../trainerNotice.ts';

type Port = ChannelPort<ToTrainer, FromTrainer>;

/**
 * Makes the starter of a job's trainers: utility processes, which only the main process can start. What is sent before the channel is here
 * waits for it.
 */
export function trainersFrom(port: WorkerPort): () => TrainerChannel {
  const asked: PromiseWithResolvers<Port>[] = [];
  port.on('message', ({ data, ports: [end] }) => {
    if (data.type === 'port' && data.name === TRAINER && end) asked.shift()?.resolve(end as unknown as Port);
  });
  return () => {
    const channel = Promise.withResolvers<Port>();
    asked.push(channel);
    port.postMessage({ type: 'notice', name: TRAINER, value: null });
    return {
      send: (message) => void channel.promise.then((end) => end.postMessage(message)),
      listen: (onMessage, onClose) =>
        void channel.promise.then((end) => {
          end.on('message', ({ data }) => onMessage(data));
          end.on('close', () => onClose('it was killed, or memory ran out'));
          end.start();
        }),
      end: () => {
        port.postMessage({ type: 'notice', name: TRAINERS_END, value: null });
        return Promise.resolve();
      },
    };
  };
}
