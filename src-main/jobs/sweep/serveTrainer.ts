import { CancelledError, failureOf } from '#common/errors.ts';
import { openEngine } from '../../engine/openEngine.ts';
import { stepAddon } from '../../engine/compiled/stepAddon.ts';
import { measureStep } from '../../trainingCost/measureStep.ts';
import { performTraining } from '../training/performTraining.ts';
import type { FromTrainer, ToTrainer, TrainerOrder, TrainerPort } from './trainerMessages.ts';

const PROGRESS_MS = 100;

/**
 * Serves a process that trains for another one: it is told a task, and tells checkpoints and the outcome. It opens no project: the
 * process at the other end is the only one that writes to it.
 */
export function serveTrainer(port: TrainerPort): void {
  let stop = new AbortController();
  let saving: PromiseWithResolvers<void> | null = null;
  const run = async (work: (signal: AbortSignal) => Promise<FromTrainer>): Promise<void> => {
    stop = new AbortController();
    try {
      port.send(await work(stop.signal));
    } catch (error) {
      port.send({ type: 'failure', failure: failureOf(error) });
    }
  };
  /** Resolves when the other process has stored the state, and rejects when it wants no more of it. */
  const stored = (): Promise<void> => {
    saving = Promise.withResolvers<void>();
    return saving.promise;
  };
  port.listen((message) => {
    if (message.type === 'train') void run((signal) => train(message.order, signal, port, stored));
    else if (message.type === 'measure') void run((signal) => measure(message, signal));
    else if (message.type === 'threads') stepAddon().setThreadCount(message.threads);
    else if (message.type === 'saved') saving?.resolve();
    else {
      stop.abort();
      saving?.reject(new CancelledError('Training'));
    }
  });
  port.send({ type: 'ready', residentBytes: process.memoryUsage.rss() });
}

async function train(
  order: TrainerOrder,
  signal: AbortSignal,
  port: TrainerPort,
  stored: () => Promise<void>,
): Promise<FromTrainer> {
  const { task, resumeFrom, before, threads, shows } = order;
  const engine = await openEngine('native', { threads });
  let told = Number.NEGATIVE_INFINITY;
  const outcome = await performTraining(task, {
    engine,
    resumeFrom,
    before,
    onCheckpoint: (checkpoint) => {
      const done = stored();
      port.send({ type: 'checkpoint', checkpoint });
      return done;
    },
    show: shows ? (examples) => port.send({ type: 'examples', examples }) : undefined,
    signal,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - told < PROGRESS_MS && progress.done < progress.total) return;
      told = now;
      port.send({ type: 'progress', progress });
    },
  });
  return { type: 'outcome', outcome };
}

async function measure(
  { network, recipe, threads }: Extract<ToTrainer, { type: 'measure' }>,
  signal: AbortSignal,
): Promise<FromTrainer> {
  const engine = await openEngine('native', { threads });
  return { type: 'measured', milliseconds: await measureStep(engine, network, recipe, signal) };
}
