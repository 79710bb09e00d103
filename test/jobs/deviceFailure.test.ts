import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { Progress } from '#contract/progress.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { failing } from '../failing.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { DeviceFailedError } from '../../src-main/engine/DeviceFailedError.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { resumeTraining, unfinishedTrainings } from '../../src-main/jobs/training/resumeTraining.ts';
import { Project } from '../../src-main/project/project.ts';
import { faultyDevice } from './faultyDevice.ts';

vi.mock('../../src-main/engine/openTensorflow.ts', async () => ({
  openTensorflow: (await import('./faultyDevice.ts')).openFaultyDevice,
}));

const never = new AbortController().signal;
const REQUEST: RequestOf<'calibrate'> = {
  kind: 'calibrate',
  datasets: [1],
  family: 'unet',
  width: 2,
  alphas: [1],
  seeds: [1],
  recipe: {
    ...DEFAULT_RECIPE,
    workingSide: 64,
    crop: 32,
    batch: 2,
    epochs: 3,
    stepsPerEpoch: 4,
    warmupSteps: 1,
    patience: 0,
  },
  device: 'tensorflow',
  threads: null,
};

let folder: string;
let project: Project;

beforeEach(async () => {
  faultyDevice.fault = 'none';
  folder = mkdtempSync(join(tmpdir(), 'ccnet-device-'));
  await generateDataset(join(folder, 'cells'), { tissue: 'cells', images: 8, side: 64, seed: 3 });
  project = Project.create(join(folder, 'lab.ccnet'));
  const request = {
    kind: 'add-dataset',
    path: join(folder, 'cells'),
    name: 'cells',
    splitMode: 'hashed',
  } as const;
  await addDataset(request, project).run(never, () => undefined);
});

afterEach(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Breaks the device in the second step of the second epoch. */
const breakInSecondEpoch =
  (fault: typeof faultyDevice.fault) =>
  ({ figures }: Progress): void => {
    if (figures?.['epoch'] === 2) faultyDevice.fault = fault;
  };

async function calibrateUntil(fault: typeof faultyDevice.fault): Promise<unknown> {
  return calibrate(REQUEST, project)
    .run(never, breakInSecondEpoch(fault))
    .catch((error: unknown) => error);
}

describe('a device that fails in the middle of an epoch', () => {
  it('stops the job, which names the device, the reason and what can be gone on with', async () => {
    const error = await calibrateUntil('throws');
    expect(error).toBeInstanceOf(DeviceFailedError);
    expect((error as DeviceFailedError).message).toMatch(
      /^The NVIDIA card failed: .*OOM when allocating tensor/,
    );
    expect(error).toMatchObject({ facts: { device: 'tensorflow', outOfMemory: true, training: 1 } });
  });

  it('leaves the training as failed, with its last checkpoint and without a result from anywhere else', async () => {
    await calibrateUntil('throws');
    const [training] = unfinishedTrainings(project);
    expect(training).toMatchObject({ id: 1, state: 'failed', device: 'tensorflow 0.0 (a card)' });
    expect(training?.error).toMatchObject({ code: 'device-failed', facts: { device: 'tensorflow' } });
    expect(project.checkpoints.load(1)?.epoch).toBe(1);
    expect(project.runs.all()).toEqual([]);
    expect(project.networks.list()).toEqual([]);
  });

  it('can be taken up on another device, and the run names both', async () => {
    await calibrateUntil('throws');
    const request = { training: 1, device: 'native', threads: 2 } as const;
    const result = await resumeTraining(request, project).run(never, () => undefined);
    expect(result.engine).toMatch(
      /^tensorflow 0\.0 \(a card\) to epoch 1, then native [\d.]+ \(.*2 threads\), compiled step$/,
    );
    expect(project.runs.all().map(({ engine }) => engine)).toEqual([result.engine]);
    expect(project.trainings.byId(1)).toMatchObject({ state: 'finished', error: null });
    expect(project.checkpoints.history(1).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(project.networks.byId(result.network)?.engine).toBe(result.engine);
    const again = await calibrate({ ...REQUEST, device: 'native' }, project).run(never, () => undefined);
    expect(again).toMatchObject({ trained: 0, skipped: 1 });
  });

  it('can be taken up on itself when it works again', async () => {
    await calibrateUntil('throws');
    faultyDevice.fault = 'none';
    const request = { training: 1, device: 'tensorflow', threads: null } as const;
    const { engine } = await resumeTraining(request, project).run(never, () => undefined);
    expect(engine).toBe('tensorflow 0.0 (a card), compiled step');
  });

  it('is told from a training that diverges: a loss that is no number has it repeat its self-test', async () => {
    const error = await calibrateUntil('computes NaN');
    expect(error).toBeInstanceOf(DeviceFailedError);
    expect((error as DeviceFailedError).message).toMatch(
      /^The NVIDIA card failed: a loss was no number, and then the self-test went wrong \(FAILED/,
    );
    expect(project.checkpoints.load(1)?.epoch).toBe(1);
  });
});

describe('resumeTraining', () => {
  it('names the trainings that can be taken up when asked for another', async () => {
    await calibrateUntil('throws');
    const resume = resumeTraining({ training: 9, device: 'native', threads: null }, project);
    await expect(resume.run(never, () => undefined)).rejects.toThrow(
      failing('unknown-training', { training: 9, unfinished: [{ training: 1, factor: '1' }] }),
    );
  });

  it('says that all are finished', async () => {
    const resume = resumeTraining({ training: 1, device: 'native', threads: null }, project);
    await expect(resume.run(never, () => undefined)).rejects.toThrow(
      failing('unknown-training', { unfinished: [] }),
    );
  });
});
