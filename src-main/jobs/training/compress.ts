import { ownRuns } from '#common/calibration/evidence.ts';
import { fullDice, measuredCurve } from '#common/calibration/measuredCurve.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { probeWords } from '#common/prediction/nextProbe.ts';
import { undistilled } from '#common/training/undistilled.ts';
import { forecastWords } from '#common/training/trainingForecast.ts';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import type { ShowExamples } from '#contract/liveExample.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import { type Engine, openEngine } from '../../engine/openEngine.ts';
import { requireMemory } from '../../trainingCost/requireMemory.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { answerQuestion } from '../prediction/answerQuestion.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import { exportedBytes } from '../prediction/exportedBytes.ts';
import { exportVerified } from '../export/exportNetwork.ts';
import type { Job } from '../job.ts';
import { reportDataset } from '../export/reportDataset.ts';
import { reportFileIn } from '../export/reportFile.ts';
import { availableTeacher, isNarrow } from './availableTeacher.ts';
import { measuredGoal, trainFullNetwork } from './fullNetwork.ts';
import { storedNetwork, trainAndStore } from './trainAndStore.ts';

type Request = RequestOf<'compress'>;
type Outcome = NonNullable<CompressResult['outcome']>;
type Chosen = Extract<PredictResult['choice'], { kind: 'chosen' }>;

/** What every stage of one compression works with. */
interface Compression {
  readonly project: Project;
  readonly request: Request;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly show: ShowExamples | undefined;
}

/** How a network is to be trained, apart from what computes it. */
type Plan = Pick<TrainedNetworkRecord, 'network' | 'recipe' | 'seed' | 'fold'>;

/** The request's own recipe; a narrow network learns from a wider one as well where that was trained and the request leaves it open. */
function planFor({ project, request }: Compression, network: NetworkSpec): Plan {
  // Images are resized for training exactly as they were for measuring complexity.
  const recipe = { ...request.recipe, workingSide: request.workingSide };
  const plan = { network, recipe, seed: request.seed, fold: null };
  const open = recipe.teacherWidth === undefined && isNarrow(network);
  const dataset = project.datasets.required(request.dataset);
  const teacher = open ? availableTeacher(project, dataset, plan) : undefined;
  return teacher ? { ...plan, recipe: { ...recipe, teacherWidth: firstLevelWidth(teacher) } } : plan;
}

/**
 * Trains the chosen network, or takes the one that was trained in exactly this way before.
 * @throws memory-insufficient before anything is trained
 */
async function trainedChoice(
  { project, request, engine, signal, onProgress, show }: Compression,
  prediction: PredictResult,
  { network, recipe, seed, fold }: Plan,
): Promise<TrainedNetworkRecord> {
  const dataset = project.datasets.required(request.dataset);
  const plan = { project, dataset, network, recipe, seed, fold };
  const stored = storedNetwork(plan);
  if (stored) return stored;
  const load = await datasetLoad(project, dataset, recipe.workingSide);
  if (engine.id === 'native') requireMemory(network, recipe, load);
  const { forecast } = prediction.candidates.find(({ alpha }) => alpha === network.factor) ?? {};
  if (forecast) {
    const also =
      recipe.teacherWidth === undefined
        ? ''
        : `, which learns from the network of ${recipe.teacherWidth} filters as well,`;
    onProgress({
      stage: `Training the chosen network${also} takes ${forecastWords(forecast)}`,
      done: 0,
      total: recipe.epochs * recipe.stepsPerEpoch,
      unit: 'steps',
      secondsLeft: forecast.seconds,
    });
  }
  return (await trainAndStore({ ...plan, purpose: 'compression', engine, show }, signal, onProgress)).record;
}

/** The share of the full network's accuracy: of one that was trained on the dataset in the same way, else of its prediction. */
function retained(
  { project, request }: Compression,
  prediction: PredictResult,
  { recipe, test }: TrainedNetworkRecord,
): Outcome['retained'] {
  const { fingerprint } = project.datasets.required(request.dataset);
  const alike = ownRuns(project.runs.all(), { ...prediction.network, fingerprint }, undistilled(recipe));
  const measured = fullDice(measuredCurve(alike));
  if (measured !== null) return { share: test.dice / measured, of: 'measured' };
  const predicted = prediction.points.find((point) => point.alpha === 1)?.predicted;
  return { share: predicted ? test.dice / predicted : Number.NaN, of: 'predicted' };
}

async function trainVerifyExport(
  compression: Compression,
  prediction: PredictResult,
  choice: Chosen,
): Promise<Outcome> {
  const { project, request, engine, signal, onProgress } = compression;
  const network: NetworkSpec = { ...prediction.network, classes: 2, factor: choice.alpha };
  const base: NetworkSpec = { ...network, factor: 1 };
  const dataset = project.datasets.required(request.dataset);
  const verify = (plan: Plan) => trainFullNetwork({ ...compression, dataset }, plan);
  // First, where the chosen network is to learn from it.
  if (request.verifyGoal && isNarrow(network)) await verify(planFor(compression, network));
  const record = await trainedChoice(compression, prediction, planFor(compression, network));
  if (request.verifyGoal) await verify(record);
  const before = {
    parameters: networkCost(base, request.workingSide, request.workingSide).parameters,
    bytes: exportedBytes(base),
  };
  const outcome = project.outcomes.add({
    predictionId: prediction.predictionId,
    networkId: record.id,
    alpha: choice.alpha,
    predictedDice: choice.predicted,
    predictedLow: choice.low,
    predictedHigh: choice.high,
    measuredDice: record.test.dice,
    measuredIou: record.test.iou,
    measuredDiceWorking: record.test.working?.dice ?? null,
    parametersBefore: before.parameters,
    parametersAfter: record.parameters,
    bytesBefore: null,
    bytesAfter: null,
  });
  const { files, stem } = await exportVerified(
    project,
    engine,
    record,
    request.formats,
    request.out,
    signal,
    onProgress,
  );
  const after = { parameters: record.parameters, bytes: files[0]?.bytes ?? exportedBytes(network) };
  project.outcomes.setBytes(outcome, before.bytes, after.bytes);
  const page = await reportDataset(
    { project, dataset, engine, signal, onProgress },
    files,
    await reportFileIn(request.out, stem, dataset),
  );
  return {
    network: record.id,
    alpha: choice.alpha,
    parameters: record.parameters,
    predicted: { dice: choice.predicted, low: choice.low, high: choice.high },
    measured: {
      dice: record.test.dice,
      iou: record.test.iou,
      diceWorking: record.test.working?.dice ?? null,
    },
    teacherWidth: record.recipe.teacherWidth ?? null,
    learnt: record.runId === null || (project.runs.byId(record.runId)?.run.learnt ?? true),
    goal: measuredGoal(project, record, request.limits),
    retained: retained(compression, prediction, record),
    before,
    after,
    files,
    report: page,
  };
}

/** The size that the request names, as if it were chosen; null where it leaves the choice to goal and limits. */
function pickedChoice({ pick }: Request, { candidates }: PredictResult): Chosen | null {
  const candidate = candidates.find(({ alpha }) => alpha === pick);
  if (!candidate) return null;
  const { alpha, parameters, predicted, low, high } = candidate;
  return { kind: 'chosen', alpha, parameters, predicted, low, high };
}

/** From the question to the verified file: predict, choose, train, test, export, verify, report. */
export function compress(request: Request, project: Project): Job<ResultOf<'compress'>> {
  return {
    async run(signal, onProgress, show) {
      const recipe = { ...request.recipe, workingSide: request.workingSide };
      const engine = await openEngine(request.device, { threads: request.threads ?? undefined });
      const prediction = await answerQuestion(project, request, recipe, engine, signal, onProgress);
      const choice = pickedChoice(request, prediction) ?? prediction.choice;
      if (choice.kind === 'impossible') return { prediction, outcome: null };
      const { nextProbe, candidates, limits } = prediction;
      if (nextProbe && request.pick === undefined) {
        const stage = probeWords(nextProbe, chooseNetwork(candidates, limits));
        onProgress({ stage, done: 0, total: recipe.epochs, unit: 'epochs', secondsLeft: null });
      }
      const compression = { project, request, engine, signal, onProgress, show };
      const outcome = await trainVerifyExport(compression, prediction, choice);
      return { prediction, outcome };
    },
  };
}
