import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FromTrainer, TrainerChannel } from './trainerMessages.ts';

/** What a process is asked to end with before it is made to. */
const FORCE_MS = 3000;
const STDERR_KEPT = 2000;

/** Starts a process that trains for this one (src-main/trainer.ts): of the command line, where Node itself runs the program. */
export function forkTrainer(): TrainerChannel {
  const child = fork(trainerEntry(), [], {
    // Whatever this process was started with is not meant for that one.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const gone = Promise.withResolvers<void>();
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-STDERR_KEPT);
  });
  child.once('exit', () => gone.resolve());
  child.once('error', () => gone.resolve());
  return {
    send: (message) => {
      // To a process that has just died: its end is told by itself.
      if (child.connected) child.send(message, () => undefined);
    },
    listen: (onMessage, onClose) => {
      child.on('message', (message: FromTrainer) => onMessage(message));
      child.once('error', (error) => onClose(error.message));
      child.once('exit', (code, signal) =>
        onClose(signal ?? `exit code ${code}${stderr && `: ${stderr.trim()}`}`),
      );
    },
    end: () => {
      child.kill();
      const force = setTimeout(() => child.kill('SIGKILL'), FORCE_MS);
      return gone.promise.finally(() => clearTimeout(force));
    },
  };
}

/** The entry, beside this room's parent in a checkout, or beside the bundles. */
function trainerEntry(): string {
  const candidates = ['../../trainer.ts', './trainer.js', '../trainer.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error('This installation lacks dist/trainer.js. Install the product again.');
  return path;
}
