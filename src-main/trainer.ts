import { serveTrainer } from './jobs/sweep/serveTrainer.ts';
import type { FromTrainer, ToTrainer } from './jobs/sweep/trainerMessages.ts';

/** Entry of a process that trains for the command line (jobs/sweep/forkTrainer.ts). */
// Ctrl-C reaches every process of a terminal; the one that holds the project asks this one to stop, after its step.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
// Nobody would store what it computes.
process.on('disconnect', () => process.exit(0));
serveTrainer({
  send: (message: FromTrainer) => {
    if (process.connected) process.send?.(message);
  },
  listen: (onMessage) => process.on('message', (message: ToTrainer) => onMessage(message)),
});
