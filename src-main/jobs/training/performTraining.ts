import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { CcnetError } from '#common/errors.ts';
import type { ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Checkpoint } from '#common/training/training.ts';
import { marksOfAll } from '../../dataset/masks/marksOfAll.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { Predictor } from '../../training/segmentImage.ts';
import { testNetwork } from '../../training/testNetwork.ts';
import { trainNetwork } from '../../training/trainNetwork.ts';
import { ExamplePainter } from './examplePainter.ts';
import { deviceTrail } from './deviceTrail.ts';
import type { TrainingOutcome, TrainingTask } from './trainingTask.ts';
import { withPredictor } from './withPredictor.ts';
import { withTaskSamples } from '../dataset/withSamples.ts';

export interface PerformOptions {
  readonly engine: Engine;
  /** State to go on from. */
  readonly resumeFrom: Checkpoint | undefined;
  /** The devices that computed it so far (deviceTrail); null for a training that begins. */
  readonly before: string | null;
  /** Awaited after every epoch. */
  readonly onCheckpoint: (checkpoint: Checkpoint) => void | Promise<void>;
  /** Receives example predictions after every epoch. */
  readonly show?: ShowExamples | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/**
 * Trains the network of a task, continuing where `resumeFrom` ends, and tests the best epoch's weights on the test and the validation split.
 * It knows no project: nothing is stored but what `onCheckpoint` does.
 * @throws masks-of-one-kind, split-empty, DeviceFailedError when the device fails, CancelledError, and what reading the images throws
 */
export async function performTraining(
  task: TrainingTask,
  { engine, resumeFrom, before, onCheckpoint, show, signal, onProgress }: PerformOptions,
): Promise<TrainingOutcome> {
  const { dataset, network, recipe, seed, fold } = task;
  requireTwoKindsOfPixels(task);
  const device = deviceTrail(before, resumeFrom?.history.length ?? 0, engine.version);
  return withTaskSamples(dataset, recipe.workingSide, async (samplesOf) => {
    if (samplesOf('test').length === 0) throw new CcnetError('split-empty', { split: 'test' });
    const validationSamples = samplesOf('validation');
    const painter = show && new ExamplePainter(validationSamples, show);
    const trained = await withTeacher(task, engine, (teacher) =>
      trainNetwork({
        engine,
        spec: network,
        recipe,
        seed,
        train: samplesOf('train'),
        validation: validationSamples,
        teacher,
        resumeFrom,
        onCheckpoint,
        onExamples: painter?.listen,
        signal,
        onProgress,
      }),
    );
    await painter?.settled();
    const { test, validation } = await withPredictor(engine, network, trained.weights, async (predictor) => ({
      test: await testNetwork(predictor, samplesOf('test'), { signal }),
      // Probes are compared with the test accuracy of other datasets, so theirs is measured alike.
      validation: await testNetwork(predictor, samplesOf('validation'), { signal }),
    }));
    const run: CalibrationRun = {
      datasetFingerprint: dataset.fingerprint,
      datasetName: dataset.name,
      trainingImages: samplesOf('train').length,
      network,
      parameters: networkCost(network, recipe.workingSide, recipe.workingSide).parameters,
      recipe,
      seed,
      fold,
      engine: `${device}, ${trained.implementation} step`,
      testDice: test.dice,
      testIou: test.iou,
      testDiceWorking: test.working?.dice ?? null,
      testImages: test.perImage.length,
      validationDice: validation.dice,
      learnt: trained.learnt,
      trainingSeconds: trained.seconds,
      finishedAt: new Date().toISOString(),
      excluded: null,
    };
    return { run, weights: trained.weights, test, validation, history: trained.history };
  });
}

async function withTeacher<Result>(
  { teacher }: TrainingTask,
  engine: Engine,
  body: (teacher: Predictor | undefined) => Promise<Result>,
): Promise<Result> {
  if (!teacher) return body(undefined);
  return withPredictor(engine, teacher.network, teacher.weights, body);
}

/** @throws masks-of-one-kind when no training mask tells foreground from background */
export function requireTwoKindsOfPixels({ dataset }: Pick<TrainingTask, 'dataset'>): void {
  const images = dataset.images.filter(({ split }) => split === 'train');
  const marks = images.length > 0 ? marksOfAll(images) : null;
  if (marks) throw new CcnetError('masks-of-one-kind', { marks, masks: images.length });
}
