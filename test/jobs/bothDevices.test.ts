import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { Progress } from '#contract/progress.ts';
import { adapterWords } from '../../src-main/engine/gpu/adapterWords.ts';
import { requestDawnAdapter } from '../../src-main/engine/webgpu/dawnAdapter.ts';
import { webgpuVersion } from '../../src-main/engine/webgpu/openWebgpu.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { forkTrainer } from '../../src-main/jobs/sweep/forkTrainer.ts';
import { provideTrainers } from '../../src-main/jobs/sweep/trainers.ts';
import type { Project } from '../../src-main/project/project.ts';
import { noTestDevice, SLOW } from '../engine/gpu/testDevice.ts';
import { ALPHAS, knowSteps, recipe, THREADS, tinyLab, WIDTH } from './sharedSweep.ts';

const missing = await noTestDevice();
const never = new AbortController().signal;
beforeAll(() => provideTrainers(forkTrainer));

const sweep = (dataset: number, changes: Partial<RequestOf<'calibrate'>> = {}): RequestOf<'calibrate'> => ({
  ...{ kind: 'calibrate', datasets: [dataset], family: 'unet', width: WIDTH, alphas: ALPHAS, seeds: [1] },
  ...{ recipe, device: 'webgpu', threads: THREADS, withCores: true },
  ...changes,
});

/** The device that each run names, by its factor. */
function computedBy({ runs }: Project): Record<number, string | undefined> {
  const own = runs.list().filter(({ origin }) => origin === 'own');
  return Object.fromEntries(own.map(({ run }) => [run.network.factor, run.engine.split(' ')[0]]));
}

const weightsAt = ({ networks }: Project, factor: number) => {
  const found = networks.list().find(({ network }) => network.factor === factor);
  return found && networks.weights(found.id);
};

describe.skipIf(missing)('a sweep on a card and the cores at once', SLOW, () => {
  it('trains wide networks on the card while the cores train narrow ones, to the last bit as alone, and says which computed each', async () => {
    const { project, dataset } = await tinyLab();
    const card = webgpuVersion(adapterWords((await requestDawnAdapter()).info));
    await knowSteps(
      project,
      card,
      (factor) => 640_000 * factor ** 4,
      () => 1000,
    );
    const told: Progress[] = [];
    const { runs } = await calibrate(sweep(dataset), project).run(never, (now) => void told.push(now));
    expect(runs.map(({ alpha, engine }) => [alpha, engine.split(' ')[0]])).toEqual([
      [0.5, 'webgpu'],
      [0.25, 'native'],
    ]);
    expect(computedBy(project)).toEqual({ 0.25: 'native', 0.5: 'webgpu' });
    const together = told.find(({ trainings }) => trainings?.running === 2)?.message;
    expect(together).toMatch(
      /factor 1\/4, on the processor \d+ %; cells at factor 1\/2, on the graphics card/,
    );
    expect(told.map(({ stage }) => stage)).toContainEqual(
      expect.stringMatching(/^Training 2 networks, 1 on the graphics card and 1 on the processor, takes/),
    );
    const alone = await tinyLab();
    const narrow = sweep(alone.dataset, { device: 'native', alphas: [0.25], withCores: false });
    await calibrate(narrow, alone.project).run(never, () => undefined);
    expect(weightsAt(project, 0.25)).toEqual(weightsAt(alone.project, 0.25));
    project.close();
    alone.project.close();
  });
});
