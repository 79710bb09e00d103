import Database from 'better-sqlite3';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { NewPrediction } from '../../src-main/project/records/predictions.ts';
import { Project } from '../../src-main/project/project.ts';
import {
  exampleComplexity,
  exampleDataset,
  exampleImage,
  exampleNetwork,
  exampleRun,
  filledTensor,
} from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { failing } from '../failing.ts';

let project: Project;

beforeEach(() => {
  const opened = Project.create(join(temporaryFolder(), 'lab.ccnet'));
  onTestFinished(() => opened.close());
  project = opened;
});

describe('datasets', () => {
  const finding = {
    severity: 'warning',
    code: 'full-mask',
    file: 'a.png',
    problem: 'all white',
    remedy: 'look',
  } as const;

  it('come back with their images in order, their splits and their findings', () => {
    const images = [
      exampleImage(2, { split: 'test', givenSplit: 'test', masks: ['m/1.png', 'm/2.png'] }),
      exampleImage(1, { page: 3, bitDepth: 16, channels: 1 }),
    ];
    const added = project.datasets.add(exampleDataset, images, [finding]);
    expect(project.datasets.named('glas')).toEqual(added);
    expect(project.datasets.byId(added.id)).toEqual(added);
    expect(project.images.ofDataset(added.id)).toMatchObject(images);
    expect(project.images.ofDataset(added.id, 'test').map(({ name }) => name)).toEqual(['train_2']);
    expect(project.findings.ofDataset(added.id)).toEqual([finding]);
  });

  it('have names of their own, upper and lower case alike', () => {
    project.datasets.add(exampleDataset, [], []);
    expect(() => project.datasets.add({ ...exampleDataset, name: 'GLAS' }, [], [])).toThrow(
      failing('dataset-name-taken'),
    );
  });

  it('are listed when an unknown one is asked for', () => {
    project.datasets.add(exampleDataset, [], []);
    let caught: unknown;
    try {
      project.datasets.named('HeLa');
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'unknown-dataset' });
    expect(caught).toMatchObject({
      message: `${project.path} has no dataset called "HeLa".`,
      facts: { known: ['GlaS'] },
    });
  });

  it('are not stored in part when an image is refused', () => {
    const images = [exampleImage(1), exampleImage(2, { image: '../x.png' })];
    expect(() => project.datasets.add(exampleDataset, images, [])).toThrow(/a path that leaves the dataset/);
    expect(project.datasets.list()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('may have images whose names would name a drive on Windows', () => {
    const { id } = project.datasets.add(exampleDataset, [exampleImage(1, { image: 'H:E 1.png' })], []);
    expect(project.images.ofDataset(id)).toMatchObject([{ image: 'H:E 1.png' }]);
  });

  it('take their images, complexity and trainings with them, but not runs and networks', () => {
    const { id } = project.datasets.add(exampleDataset, [exampleImage(1)], []);
    const [image] = project.images.ofDataset(id);
    project.complexity.put('r1', new Map([[image?.id ?? 0, exampleComplexity(1)]]));
    project.runs.add(exampleRun());
    const network = project.networks.add(exampleTrained(id), []);
    expect(project.datasets.remove(id)).toBe(true);
    expect(project.datasets.remove(id)).toBe(false);
    expect(project.images.ofDataset(id)).toEqual([]);
    expect(project.complexity.ofDataset(id, 'r1').size).toBe(0);
    expect(project.runs.all()).toHaveLength(1);
    expect(project.networks.byId(network)).toMatchObject({ datasetId: null });
  });
});

describe('complexity values', () => {
  it('are kept per image and recipe, and can be read for one split', () => {
    const { id } = project.datasets.add(
      exampleDataset,
      [exampleImage(1), exampleImage(2, { split: 'test' })],
      [],
    );
    const [first, second] = project.images.ofDataset(id).map((image) => image.id);
    if (first === undefined || second === undefined) throw new Error('two images expected');
    project.complexity.put(
      'r1',
      new Map([
        [first, exampleComplexity(1)],
        [second, exampleComplexity(2)],
      ]),
    );
    project.complexity.put('r2', new Map([[first, exampleComplexity(3)]]));
    project.complexity.put('r1', new Map([[first, exampleComplexity(4)]]));
    expect([...project.complexity.ofDataset(id, 'r1')].map(([image, { jpeg }]) => [image, jpeg])).toEqual([
      [first, 0.4],
      [second, 0.2],
    ]);
    expect([...project.complexity.ofDataset(id, 'r1', 'test').keys()]).toEqual([second]);
    expect([...project.complexity.ofDataset(id, 'r2').keys()]).toEqual([first]);
  });
});

describe('calibration runs', () => {
  it('come back as they were stored', () => {
    const run = exampleRun({ network: { ...exampleNetwork, factor: 1 / 3 }, learnt: false });
    const id = project.runs.add(run);
    expect(project.runs.byId(id ?? 0)).toEqual({ id, origin: 'own', library: null, run });
  });

  it('of networks whose factor differs from layer to layer, which older libraries brought, stay in the file, are counted and not read', () => {
    const id = project.runs.add(exampleRun(), 'imported');
    const other = project.runs.add(exampleRun({ seed: 9 }), 'imported');
    const raw = new Database(project.path);
    raw
      .prepare(
        "UPDATE calibration_runs SET network = json_set(network, '$.factor', json('[0.5,1]')) WHERE id = ?",
      )
      .run(other);
    raw.close();
    expect(project.runs.list().map((stored) => stored.id)).toEqual([id]);
    expect(project.runs.byId(other ?? 0)).toBeUndefined();
    expect(project.runs.layerWise()).toBe(1);
  });

  it('are stored once, whatever the order of their keys', () => {
    expect(project.runs.add(exampleRun())).not.toBeNull();
    const reversed = Object.fromEntries(Object.entries(DEFAULT_RECIPE).reverse()) as typeof DEFAULT_RECIPE;
    expect(project.runs.add(exampleRun({ recipe: reversed, testDice: 0.1 }))).toBeNull();
    expect(project.runs.all()).toEqual([exampleRun()]);
  });

  it('can be excluded with a reason and taken in again', () => {
    const id = project.runs.add(exampleRun()) ?? 0;
    expect(project.runs.exclude(id, 'mislabelled')).toBe(true);
    expect(project.runs.all()[0]?.excluded).toBe('mislabelled');
    project.runs.exclude(id, null);
    expect(project.runs.all()[0]?.excluded).toBeNull();
    expect(project.runs.exclude(id + 1, 'x')).toBe(false);
  });
});

describe('trained networks', () => {
  it('come back with their weights, bit for bit, and their accuracy per image', () => {
    const weights = [
      filledTensor('conv1/kernel', [3, 3, 3, 4], Math.PI),
      {
        name: 'conv1/bias',
        shape: [4],
        data: new Float32Array([Number.NaN, -0, 1e-45, Number.POSITIVE_INFINITY]),
      },
      { name: 'view', shape: [2], data: new Float32Array([1, 2, 3, 4]).subarray(1, 3) },
      { name: 'scalar', shape: [], data: new Float32Array([42]) },
    ];
    const id = project.networks.add(exampleTrained(null), weights);
    expect(project.networks.weights(id)).toEqual(weights);
    expect(project.networks.byId(id)).toMatchObject(exampleTrained(null));
    expect(project.networks.list()).toHaveLength(1);
    expect(project.networks.remove(id)).toBe(true);
    expect(project.networks.weights(id)).toEqual([]);
  });

  it('are not stored when a tensor does not fit its shape', () => {
    const wrong = { name: 'kernel', shape: [3, 3], data: new Float32Array(8) };
    expect(() => project.networks.add(exampleTrained(null), [wrong])).toThrow(
      'Tensor kernel has 8 values, but shape [3, 3].',
    );
    expect(project.networks.list()).toEqual([]);
  });
});

describe('predictions and outcomes', () => {
  it('come back with their limits, points, error, warnings and choice, and what was measured beside them', () => {
    const { id: dataset } = project.datasets.add(exampleDataset, [], []);
    const point = { alpha: 0.25, parameters: 1000, predicted: 0.8, low: 0.7, high: 0.9 };
    const network = { family: 'unet', width: 16, channels: 3, classes: 2 } as const;
    const prediction: NewPrediction = {
      datasetId: dataset,
      network,
      limits: { retain: 0.95, safe: true },
      prediction: {
        workingSide: 256,
        candidates: [
          {
            ...point,
            macs: 1e6,
            activationBytes: 1e5,
            fileBytes: 4096,
            latencyMs: null,
            retained: 0.97,
            retainedLow: 0.9,
          },
        ],
        points: [point],
        error: {
          predictor: 'linear',
          mae: 0.03,
          baselines: { meanCurve: 0.05, logParameters: null },
          candidates: [{ predictor: 'linear', mae: 0.03 }],
          datasets: 5,
          runs: 30,
        },
        warnings: ['few datasets'],
      },
      choice: { kind: 'chosen', ...point },
    };
    const predictionId = project.predictions.add(prediction);
    expect(project.predictions.byId(predictionId)).toMatchObject(prediction);
    expect(project.predictions.ofDataset(dataset)).toHaveLength(1);

    const outcome = {
      predictionId,
      networkId: null,
      alpha: 0.25,
      predictedDice: 0.8,
      predictedLow: 0.7,
      predictedHigh: 0.9,
      measuredDice: 0.82,
      measuredIou: 0.7,
      measuredDiceWorking: 0.84,
      parametersBefore: 16_000,
      parametersAfter: 1000,
      bytesBefore: null,
      bytesAfter: null,
    };
    const id = project.outcomes.add(outcome);
    expect(project.outcomes.list(dataset)).toMatchObject([outcome]);
    project.outcomes.setBytes(id, 64_000, 4000);
    expect(project.outcomes.list()[0]).toMatchObject({ bytesBefore: 64_000, bytesAfter: 4000 });
    expect(project.outcomes.list(dataset + 1)).toEqual([]);
  });
});

describe('job records', () => {
  it('tell what was asked for and what became of it, newest first', () => {
    const first = project.jobs.add('calibrate', 'Calibrate on GlaS');
    const second = project.jobs.add('export', 'Export run 1');
    project.jobs.start(first, 4711, 'native');
    project.jobs.setProgress(first, {
      stage: 'Training',
      done: 1,
      total: 4,
      unit: 'networks',
      secondsLeft: null,
    });
    project.jobs.appendLog(first, 'epoch 1');
    project.jobs.appendLog(first, 'epoch 2');
    const error = { code: 'cancelled', facts: { what: 'It' } } as const;
    project.jobs.end(first, 'failed', error);
    expect(project.jobs.latest(10).map(({ id }) => id)).toEqual([second, first]);
    expect(project.jobs.byId(first)).toMatchObject({
      state: 'failed',
      pid: 4711,
      device: 'native',
      error,
      log: 'epoch 1\nepoch 2\n',
      progress: { done: 1, total: 4 },
    });
  });

  it('keep the end of a log that grows without bound', () => {
    const id = project.jobs.add('calibrate', 'Calibrate');
    for (let line = 0; line < 3; line++) project.jobs.appendLog(id, `${line}`.repeat(100_000));
    const log = project.jobs.byId(id)?.log ?? '';
    expect(log).toHaveLength(200_000);
    expect(log.endsWith('2\n')).toBe(true);
  });
});

describe('measurements', () => {
  it('give the last latency of exactly this network, size and engine', () => {
    expect(project.measurements.latency('native', exampleNetwork, 256, 256)).toBeUndefined();
    project.measurements.setLatency('native', exampleNetwork, 256, 256, 12);
    project.measurements.setLatency('native', exampleNetwork, 256, 256, 10);
    expect(project.measurements.latency('native', exampleNetwork, 256, 256)).toBe(10);
    expect(project.measurements.latency('native', exampleNetwork, 128, 256)).toBeUndefined();
    expect(
      project.measurements.latency('native', { ...exampleNetwork, factor: 1 }, 256, 256),
    ).toBeUndefined();
  });

  it('list the step timings of this machine', () => {
    const timing = {
      engine: 'native',
      network: exampleNetwork,
      crop: 128,
      batch: 8,
      milliseconds: 100,
      residentBytes: 1e9,
    };
    project.measurements.setStepTiming(timing);
    expect(project.measurements.stepTimings()).toMatchObject([timing]);
  });
});

function exampleTrained(datasetId: number | null): Parameters<Project['networks']['add']>[0] {
  const accuracy = {
    dice: 0.8,
    iou: 0.7,
    pooledDice: 0.81,
    pooledIou: 0.71,
    perImage: [{ name: 'train_1', dice: 0.8, iou: 0.7 }],
    working: { dice: 0.83, iou: 0.74 },
  };
  return {
    datasetId,
    trainingId: null,
    runId: null,
    network: exampleNetwork,
    parameters: 487_538,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    fold: null,
    engine: 'native 0.1.0',
    preprocessing: { mean: [0.5, 0.4, 0.3], threshold: 0.5 },
    validation: null,
    test: accuracy,
  };
}
