import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { CcnetError, failureOf, hasCode } from '#common/errors.ts';
import { preparationNumbers } from '#common/preparation/preparation.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { undistilled } from '#common/training/undistilled.ts';
import type { Checkpoint } from '#common/training/training.ts';
import { marksOfAll } from '../../dataset/masks/marksOfAll.ts';
import { DeviceFailedError } from '../../engine/DeviceFailedError.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { NewTraining, TrainingRecord } from '../../project/records/trainings.ts';
import { testNetwork } from '../../training/testNetwork.ts';
import { type TrainedNetwork, trainNetwork } from '../../training/trainNetwork.ts';
import { ExamplePainter } from './examplePainter.ts';
import { deviceTrail } from './deviceTrail.ts';
import { recordStepTiming } from '../prediction/recordStepTiming.ts';
import type { TrainRequest } from './trainRequest.ts';
import { storedCheckpoint } from './storedCheckpoint.ts';
import { withPredictor } from './withPredictor.ts';
import { withTeacher } from './withTeacher.ts';
import { type SamplesOf, withSamples } from '../dataset/withSamples.ts';

/** The trained network of exactly this request when the project has one already. */
export function storedNetwork(
  request: Omit<TrainRequest, 'engine' | 'purpose' | 'show'>,
): TrainedNetworkRecord | undefined {
  const { project, dataset, network, recipe, seed, fold } = request;
  const wanted = (of: Pick<TrainedNetworkRecord, 'network' | 'recipe' | 'seed' | 'fold'>): string =>
    runKey({ ...of, datasetFingerprint: dataset.fingerprint });
  const key = wanted({ network, recipe, seed, fold });
  return project.networks.list(dataset.id).find((entry) => entry.runId !== null && wanted(entry) === key);
}

/**
 * Trains a network, and before it the one that its recipe has it learn from where none is stored, with a checkpoint every epoch, continuing an earlier attempt of the same request; tests the best
 * epoch's weights on the test split; stores network and calibration run together.
 * @returns the stored network and its run, which names every device that computed it.
 * @throws DeviceFailedError when the device fails; the checkpoint stays, for this or another device to go on from
 */
export async function trainAndStore(
  request: TrainRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<{ record: TrainedNetworkRecord; run: CalibrationRun }> {
  const { project, dataset, network, recipe, seed, fold, purpose, engine, show } = request;
  requireTwoKindsOfPixels(project, dataset);
  const plan: NewTraining = { datasetId: dataset.id, purpose, network, recipe, seed, fold };
  const trainTeacher = async (teacher: NetworkSpec): Promise<TrainedNetworkRecord> => {
    const order = { ...request, network: teacher, recipe: undistilled(recipe) };
    return (await trainAndStore(order, signal, onProgress)).record;
  };
  const training = project.trainings.unfinished(plan) ?? project.trainings.add(plan);
  const resumeFrom = resumable(project, training);
  const device = deviceTrail(training.device, resumeFrom?.history.length ?? 0, engine.version);
  project.trainings.start(training.id, device);
  try {
    return await withSamples(
      project,
      dataset,
      { workingSide: recipe.workingSide, fold },
      async (samplesOf) => {
        const validation = samplesOf('validation');
        const painter = show && new ExamplePainter(validation, show);
        const trained = await withTeacher(request, trainTeacher, (teacher) =>
          trainNetwork({
            engine,
            spec: network,
            recipe,
            seed,
            train: samplesOf('train'),
            validation,
            teacher,
            resumeFrom,
            onCheckpoint: (checkpoint) => project.checkpoints.save(training.id, checkpoint),
            onExamples: painter?.listen,
            signal,
            onProgress,
          }),
        );
        await painter?.settled();
        // A continued training may have epochs of another machine, and one with a teacher waits for its answers.
        if (!resumeFrom && recipe.teacherWidth === undefined) {
          const { crop, batch } = recipe;
          recordStepTiming(project, { engine: engine.version, network, crop, batch }, trained.history);
        }
        return await testAndStore(request, { id: training.id, device }, trained, samplesOf, signal);
      },
    );
  } catch (error) {
    if (hasCode(error, 'cancelled')) project.trainings.cancel(training.id);
    else project.trainings.fail(training.id, failureOf(error));
    throw error instanceof DeviceFailedError ? error.ofTraining(training.id) : error;
  }
}

function resumable(project: Project, training: TrainingRecord): Checkpoint | undefined {
  try {
    return storedCheckpoint(project, training);
  } catch (error) {
    project.trainings.fail(training.id, failureOf(error));
    throw error;
  }
}

async function testAndStore(
  request: TrainRequest,
  training: { readonly id: number; readonly device: string },
  trained: TrainedNetwork,
  samplesOf: SamplesOf,
  signal: AbortSignal,
): Promise<{ record: TrainedNetworkRecord; run: CalibrationRun }> {
  const { project, dataset, network, recipe, seed, fold, engine } = request;
  const { test, validation } = await withPredictor(engine, network, trained.weights, async (predictor) => ({
    test: await testNetwork(predictor, samplesOf('test'), { signal }),
    // Probes are compared with the test accuracy of other datasets, so theirs is measured alike.
    validation: await testNetwork(predictor, samplesOf('validation'), { signal }),
  }));
  const { parameters } = networkCost(network, recipe.workingSide, recipe.workingSide);
  const run: CalibrationRun = {
    datasetFingerprint: dataset.fingerprint,
    datasetName: dataset.name,
    trainingImages: samplesOf('train').length,
    network,
    parameters,
    recipe,
    seed,
    fold,
    engine: `${training.device}, ${trained.implementation} step`,
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
  const id = project.transaction(() => {
    const runId =
      project.runs.add(run) ??
      project.runs.list().find((stored) => runKey(stored.run) === runKey(run))?.id ??
      null;
    project.trainings.finish(training.id);
    return project.networks.add(
      {
        datasetId: dataset.id,
        trainingId: training.id,
        runId,
        network,
        parameters,
        recipe,
        seed,
        fold,
        engine: run.engine,
        preprocessing: preparationNumbers(recipe.workingSide),
        validation,
        test,
      },
      trained.weights,
    );
  });
  const record = project.networks.byId(id);
  if (!record) throw new Error(`The trained network ${id} was stored but cannot be read back.`);
  return { record, run };
}

/** @throws masks-of-one-kind when no training mask tells foreground from background */
function requireTwoKindsOfPixels(project: Project, dataset: DatasetRecord): void {
  const images = project.images.ofDataset(dataset.id, 'train');
  const marks = images.length > 0 ? marksOfAll(images) : null;
  if (marks) throw new CcnetError('masks-of-one-kind', { marks, masks: images.length });
}
