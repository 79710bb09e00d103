import { counted } from '#common/format.ts';
import { gatherEvidence } from '#common/calibration/evidence.ts';
import { lentRuns } from '#common/calibration/lentRuns.ts';
import { measuredCurve, measuredCurves } from '#common/calibration/measuredCurve.ts';
import { CcnetError } from '#common/errors.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import { type TrainingRecipe } from '#common/training/training.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { networkCost } from '../../network/networkCost.ts';
import { candidates as joinCosts } from '../../prediction/candidates.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { nextProbe } from '#common/prediction/nextProbe.ts';
import { probesJoin } from '#common/training/trainableRecipe.ts';
import { storedChoice } from '#common/prediction/storedChoice.ts';
import { countRejections } from '../../prediction/countRejections.ts';
import { predictAccuracy } from '../../prediction/predictAccuracy.ts';
import type { Project } from '../../project/project.ts';
import { datasetComplexity } from '../dataset/datasetComplexity.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import { measuredDatasets } from '../dataset/measuredDatasets.ts';
import { exportedBytes } from './exportedBytes.ts';
import { forecastNetworks } from './forecastNetworks.ts';
import { measuredLatency } from './measuredLatency.ts';

/** What `predict` and `compress` ask. */
export type Question = Omit<RequestOf<'predict'>, 'kind'>;

const DIFFERENT_RECIPE =
  'The calibration was trained with another recipe than this network will be; its accuracy may differ from the prediction.';

function otherResolution(calibrated: number, asked: number): string {
  return (
    `Calibrated networks saw images of shorter side ${calibrated}; this one will see ${asked}. Its accuracy may differ from the prediction, ` +
    'which a probe at that working resolution would tell.'
  );
}

/**
 * Predicts the accuracy of every size on a dataset from the runs of other datasets, joins it with what each size costs,
 * foretells what each would take to train, chooses under the limits, and stores the prediction. Runs on the dataset itself count as probes, with their
 * validation accuracy: the test split decides nothing.
 * @param recipe the recipe that the chosen network will be trained with, where that is known
 * @throws not-calibrated when no stored run fits
 */
export async function answerQuestion(
  project: Project,
  question: Question,
  recipe: TrainingRecipe | undefined,
  engine: Engine,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<PredictResult> {
  const dataset = project.datasets.required(question.dataset);
  const { family, width, limits, workingSide } = question;
  // Retained accuracy is measured against the base network, so it always belongs to the curve.
  const alphas = [...new Set([1, ...question.alphas])].sort((a, b) => b - a);
  const network = { family, width, channels: dataset.channels, classes: 2 };
  const spec = (alpha: number): NetworkSpec => ({ ...network, factor: alpha });
  const parametersOf = (alpha: number): number =>
    networkCost(spec(alpha), workingSide, workingSide).parameters;

  const others = new Set(dataset.otherFingerprints);
  const stored = project.runs.all();
  const runs = stored.filter((run) => !others.has(run.datasetFingerprint));
  const { fingerprint } = dataset;
  const selection = { family, width };
  const evidence = gatherEvidence(runs, { ...selection, fingerprint, workingSide });
  if (evidence.calibration.length === 0 || !evidence.recipe) {
    const rejected = countRejections(runs, { ...selection, except: fingerprint });
    throw new CcnetError('not-calibrated', { family, width, rejected });
  }
  // Datasets are compared as their networks saw them.
  const comparedAt = evidence.recipe.workingSide;
  const complexity = await datasetComplexity(project, dataset, comparedAt, 'train', signal, onProgress);
  const lender = lentRuns(runs, { ...selection, trainingRecipe: evidence.recipe, except: fingerprint });
  const prediction = await predictAccuracy({
    calibration: evidence.calibration,
    lender: lender ? { network: FAMILY_WORDS[lender.family].plain, runs: lender.runs } : undefined,
    datasets: await measuredDatasets(project, comparedAt, signal, onProgress),
    width,
    target: { complexity, probes: measuredCurve(evidence.own, (run) => run.validationDice) },
    alphas,
    parametersOf,
    signal,
  });
  const latencies = new Map<number, number>();
  if (limits.maxLatencyMs !== undefined) {
    for (const [done, alpha] of alphas.entries()) {
      onProgress({
        stage: 'Measuring the time per image',
        done,
        total: alphas.length,
        unit: 'networks',
        secondsLeft: null,
      });
      latencies.set(alpha, await measuredLatency(project, spec(alpha), workingSide, signal));
    }
  }
  const trained = { ...(recipe ?? evidence.recipe), workingSide };
  const load = await datasetLoad(project, dataset, workingSide);
  const forecasts = await forecastNetworks(
    project,
    engine,
    prediction.points.map(({ alpha }) => ({ network: spec(alpha), recipe: trained, load })),
    signal,
    onProgress,
  );
  const candidates = joinCosts(prediction, (alpha) => ({
    ...networkCost(spec(alpha), workingSide, workingSide),
    fileBytes: exportedBytes(spec(alpha)),
    latencyMs: latencies.get(alpha) ?? null,
  })).map((candidate, index) => ({
    ...candidate,
    forecast: forecasts[index] ?? null,
    offered: question.alphas.includes(candidate.alpha),
  }));
  const choice = storedChoice(chooseNetwork(candidates, limits));
  const measured = measuredCurve(evidence.own);
  const different = recipe && canonicalJson(recipe) !== canonicalJson(evidence.recipe);
  const warnings = [
    ...prediction.warnings,
    ...(comparedAt === workingSide ? [] : [otherResolution(comparedAt, workingSide)]),
    ...(different ? [DIFFERENT_RECIPE] : []),
    ...(stored.length > runs.length
      ? [
          `${counted(stored.length - runs.length, 'stored run was', 'stored runs were')} made on the same images, dealt or edited otherwise, and left out.`,
        ]
      : []),
    ...(evidence.otherRecipes > 0
      ? [
          `${counted(evidence.otherRecipes, 'stored run was', 'stored runs were')} trained with another recipe and left out.`,
        ]
      : []),
  ];
  const { points, error, joint } = prediction;
  const predictionId = project.predictions.add({
    datasetId: dataset.id,
    network,
    limits,
    prediction: {
      points,
      error,
      warnings,
      candidates,
      workingSide,
      joint,
      recipe: evidence.recipe,
      fingerprint,
    },
    choice,
  });
  return {
    predictionId,
    dataset: dataset.name,
    network: { family, width, channels: dataset.channels },
    limits,
    points,
    candidates,
    choice,
    error,
    warnings,
    joint,
    recipe: evidence.recipe,
    nextProbe: probesJoin(evidence.recipe)
      ? nextProbe({ candidates, joint, limits, measured: measured.map(({ alpha }) => alpha) })
      : null,
    complexity,
    calibration: measuredCurves(evidence.calibration),
    measured,
  };
}
