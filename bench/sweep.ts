/**
 * Throughput of a sweep side by side against one after the other: simulated for 16 cores from step times that were measured on such a machine, and
 * measured on this one with generated images.
 *
 * It also prints how the time left that the program tells while a sweep runs compares with what was left.
 *
 *     npx node bench/sweep.ts [--epochs 4] [--width 16] [--rounds 3] [--simulate-only]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { ScheduledTraining } from '../src-main/calibration/schedule/scheduledTraining.ts';
import { simulateSweep } from '../src-main/calibration/schedule/simulateSweep.ts';
import { generateDataset } from '../src-main/demo/generateDataset.ts';
import { CompiledStep } from '../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../src-main/engine/compiled/stepAddon.ts';
import { calibrate } from '../src-main/jobs/calibration/calibrate.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import { forkTrainer } from '../src-main/jobs/sweep/forkTrainer.ts';
import { provideTrainers } from '../src-main/jobs/sweep/trainers.ts';
import { describeNetwork } from '../src-main/network/describeNetwork.ts';
import { firstWeights } from '../src-main/network/firstWeights.ts';
import { Project } from '../src-main/project/project.ts';
import { randomBatch } from '../test/engine/compiled/randomBatch.ts';

const { values } = parseArgs({
  options: {
    epochs: { type: 'string', default: '4' },
    width: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '3' },
    'simulate-only': { type: 'boolean' },
  },
});

/**
 * Milliseconds of a training step on 16 cores with 2 and with 16 threads, by the filters of the first level (U-Net, 128 x 128, batch 8). One filter
 * was not measured and counts as two. Other numbers of threads follow from the two by a part that threads do not divide and one that they do.
 */
const MEASURED: Readonly<Record<number, readonly [two: number, sixteen: number]>> = {
  ...{ 1: [9.0, 4.1], 2: [9.0, 4.1], 4: [18.5, 6.7], 8: [53.8, 14.1], 16: [165, 31.5] },
};
const DATASETS = 6;

function scheduled(width: number): ScheduledTraining {
  const [two, sixteen] = MEASURED[width] ?? [1, 1];
  const divided = (two - sixteen) / (1 / 2 - 1 / 16);
  const fixed = sixteen - divided / 16;
  return { device: 'native', bytes: 0, after: null, seconds: (threads) => fixed + divided / threads };
}

for (const widths of [
  [1, 2, 4],
  [1, 2, 4, 8],
  [1, 2, 4, 8, 16],
]) {
  const sweep = widths.flatMap((width) => Array.from({ length: DATASETS }, () => scheduled(width)));
  const taking = (native: number, slowdown: number): number =>
    simulateSweep(sweep, { threads: 16, slots: { native }, bytes: Infinity }, undefined, slowdown);
  const alone = taking(1, 1);
  // No way of dealing out the work is faster than all cores computing at one thread each, always.
  const bound = alone / (sweep.reduce((sum, { seconds }) => sum + seconds(1), 0) / 16);
  const gains = [1, 1.1, 1.25].map(
    (slowdown) => `${(alone / taking(16, slowdown)).toFixed(2)} (${slowdown})`,
  );
  console.log(
    `simulated, 16 cores, widths ${widths.join(' ')} on ${DATASETS} datasets: ${gains.join(', ')} times one after the other (in brackets: how much a step slows down beside others); no schedule could reach more than ${bound.toFixed(2)}`,
  );
}

/** Of a sweep's steps: crops of this side, so many at once, at these factors. */
const [CROP, BATCH, ALPHAS] = [128, 8, [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16]] as const;

if (!values['simulate-only']) {
  console.log(
    `here, ${availableParallelism()} cores: no schedule could reach more than ${boundHere().toFixed(2)} times, by the times of steps alone`,
  );
  await measureHere();
}

/** One step after the other on all cores, over all cores computing a step of their own on one thread each, always. */
function boundHere(): number {
  const cores = availableParallelism();
  const times = ALPHAS.map((alpha) => [secondsOfStep(alpha, cores), secondsOfStep(alpha, 1)] as const);
  stepAddon().setThreadCount(cores);
  const [all, one] = [0, 1].map((index) => times.reduce((sum, time) => sum + (time[index] ?? 0), 0));
  return (all ?? 0) / ((one ?? 0) / cores);
}

/** The fastest of some steps. */
function secondsOfStep(factor: number, threads: number): number {
  stepAddon().setThreadCount(threads);
  const layers = describeNetwork({
    family: 'unet',
    width: Number(values.width),
    channels: 3,
    classes: 2,
    factor,
  });
  const step = new CompiledStep({
    layers,
    weights: firstWeights(layers, 1),
    loss: { foregroundWeight: 1 },
    seed: 0,
  });
  const batch = randomBatch(BATCH, CROP, CROP, 3);
  let best = Infinity;
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    step.run(batch, 1e-3);
    best = Math.min(best, performance.now() - began);
  }
  step.dispose();
  return best / 1000;
}

async function measureHere(): Promise<void> {
  provideTrainers(forkTrainer);
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-sweep-bench-'));
  const signal = new AbortController().signal;
  const recipe = {
    ...DEFAULT_RECIPE,
    workingSide: 128,
    crop: CROP,
    batch: BATCH,
    epochs: Number(values.epochs),
    stepsPerEpoch: 20,
  };
  try {
    const project = Project.create(join(folder, 'lab.ccnet'));
    const datasets: number[] = [];
    for (const tissue of ['cells', 'vessels', 'membranes'] as const) {
      const path = join(folder, tissue);
      await generateDataset(path, { tissue, images: 24, side: 160, seed: 3 });
      const request = { kind: 'add-dataset', path, name: tissue, splitMode: 'hashed' } as const;
      datasets.push((await addDataset(request, project).run(signal, () => undefined)).id);
    }
    /** Seconds from the first training's beginning to the last one's end; every way trains from seeds of its own. */
    const taking = async (parallel: number | null, seed: number): Promise<number> => {
      let began = 0;
      const sweep = {
        kind: 'calibrate',
        datasets,
        family: 'unet',
        width: Number(values.width),
      } as const;
      const request = {
        ...sweep,
        alphas: [...ALPHAS],
        seeds: [seed],
        recipe,
        device: 'native' as const,
        threads: null,
        parallel,
      };
      const told: { readonly at: number; readonly left: number }[] = [];
      await calibrate(request, project).run(signal, ({ trainings, secondsLeft }) => {
        if (!trainings) return;
        if (began === 0) began = performance.now();
        if (secondsLeft !== null) told.push({ at: performance.now(), left: secondsLeft });
      });
      const ended = performance.now();
      console.log(`time left, told and real: ${timesLeft(told, began, ended)}`);
      return (ended - began) / 1000;
    };
    // Measures what there is to measure, and fills the caches of the files.
    await taking(null, 1);
    const ratios: number[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const alone = await taking(1, 2 + 2 * round);
      const beside = await taking(availableParallelism(), 3 + 2 * round);
      ratios.push(alone / beside);
      console.log(
        `here: one after the other ${alone.toFixed(1)} s, side by side ${beside.toFixed(1)} s: ${(alone / beside).toFixed(2)} times`,
      );
    }
    console.log(
      `here, ${availableParallelism()} cores, median: ${ratios.sort((a, b) => a - b)[ratios.length >> 1]?.toFixed(2)} times`,
    );
    project.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was told at shares of a sweep's duration beside what was left then, in seconds. */
function timesLeft(
  told: readonly { readonly at: number; readonly left: number }[],
  began: number,
  ended: number,
): string {
  return [0.1, 0.25, 0.5, 0.75]
    .map((share) => {
      const moment = told.findLast(({ at }) => at <= began + share * (ended - began));
      const real = moment ? (ended - moment.at) / 1000 : Number.NaN;
      const off = moment ? moment.left / real - 1 : Number.NaN;
      return `${share * 100} %: ${moment?.left.toFixed(0)} for ${real.toFixed(0)} s (${(100 * off).toFixed(0)} %)`;
    })
    .join(', ');
}
