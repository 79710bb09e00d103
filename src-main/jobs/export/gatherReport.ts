import { gatherEvidence } from '#common/calibration/evidence.ts';
import { type CurvePoint, measuredCurve, measuredCurves } from '#common/calibration/measuredCurve.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import { CcnetError } from '#common/errors.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { nextProbe, probeWords } from '#common/prediction/nextProbe.ts';
import { nextSize, nextSizeWords } from '#common/prediction/nextSize.ts';
import { probesJoin } from '#common/training/trainableRecipe.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import type { ReportData } from '../../export/report/reportData.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { OutcomeRecord } from '../../project/records/outcomes.ts';
import type { PredictionRecord } from '../../project/records/predictions.ts';
import type { Project } from '../../project/project.ts';
import { datasetComplexity } from '../dataset/datasetComplexity.ts';
import { reportCommands } from './reportCommands.ts';
import type { ReportContext } from './reportContext.ts';
import { reportSegmentability } from './reportSegmentability.ts';
import { reportOutcome } from './reportOutcome.ts';

/** The prediction to report: the one whose outcome is known, else the latest. @throws nothing-predicted */
function reportedPrediction(
  project: Project,
  dataset: DatasetRecord,
): { prediction: PredictionRecord; outcome?: OutcomeRecord } {
  const outcome = project.outcomes.list(dataset.id).at(-1);
  const predictions = project.predictions.ofDataset(dataset.id);
  const prediction = outcome ? project.predictions.byId(outcome.predictionId) : predictions.at(-1);
  if (!prediction) {
    throw new CcnetError('nothing-predicted', { dataset: dataset.name });
  }
  return { prediction, ...(outcome && { outcome }) };
}

function nextStepWords(
  { limits, prediction }: PredictionRecord,
  measured: readonly CurvePoint[],
  outcome: OutcomeRecord | undefined,
): string | null {
  const { candidates, joint, recipe } = prediction;
  if (outcome) {
    const { alpha, predictedLow: low, predictedHigh: high, measuredDice } = outcome;
    const next = nextSize(candidates, alpha, { low, high }, measuredDice);
    return next && nextSizeWords(next);
  }
  if (!joint || !recipe || !probesJoin(recipe)) return null;
  const advice = nextProbe({ candidates, joint, limits, measured: measured.map(({ alpha }) => alpha) });
  return advice && probeWords(advice, chooseNetwork(candidates, limits));
}

/** Gathers everything that the report of a dataset tells from the project. */
export async function gatherReport(
  context: ReportContext,
  exports: readonly ExportedFile[],
): Promise<ReportData> {
  const { project, dataset, signal, onProgress } = context;
  const { prediction, outcome } = reportedPrediction(project, dataset);
  const { family, width } = prediction.network;
  const { workingSide } = prediction.prediction;
  const { fingerprint } = dataset;
  const question = { family, width, fingerprint, workingSide };
  const evidence = gatherEvidence(
    project.runs.all().filter((run) => !dataset.otherFingerprints.includes(run.datasetFingerprint)),
    question,
  );
  const complexity: DatasetComplexity = await datasetComplexity(
    project,
    dataset,
    evidence.recipe?.workingSide ?? workingSide,
    'train',
    signal,
    onProgress,
  );
  const measured = measuredCurve(evidence.own);
  const origins = new Map(project.runs.list().map(({ origin, run }) => [run.datasetFingerprint, origin]));
  const trained = outcome?.networkId ? project.networks.byId(outcome.networkId) : undefined;
  const images = project.images.ofDataset(dataset.id);
  const findings = project.findings.ofDataset(dataset.id);
  const ofSplit = (split: string): number => images.filter((image) => image.split === split).length;
  const ofSeverity = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    productVersion: PRODUCT_VERSION,
    createdAt: new Date().toISOString(),
    dataset: {
      name: dataset.name,
      fingerprint: dataset.fingerprint,
      channels: dataset.channels,
      images: { train: ofSplit('train'), validation: ofSplit('validation'), test: ofSplit('test') },
      foreground: images.reduce((sum, image) => sum + image.foreground, 0) / Math.max(1, images.length),
      findings: { error: ofSeverity('error'), warning: ofSeverity('warning'), info: ofSeverity('info') },
    },
    complexity,
    segmentability: await reportSegmentability(project, dataset, signal),
    network: { family, width },
    limits: prediction.limits,
    candidates: prediction.prediction.candidates,
    error: prediction.prediction.error,
    warnings: prediction.prediction.warnings,
    choice: prediction.choice,
    calibration: measuredCurves(evidence.calibration),
    measured,
    nextStep: nextStepWords(prediction, measured, outcome),
    outcome: outcome ? await reportOutcome(context, outcome, prediction.limits, exports) : null,
    commands: reportCommands({
      dataset,
      images: project.images.allOfDataset(dataset.id),
      prediction,
      calibration: evidence.calibration.map((run) => ({
        origin: origins.get(run.datasetFingerprint) ?? 'own',
        run,
      })),
      // What was trained on the dataset before it was predicted.
      probes: evidence.own.filter(({ finishedAt }) => finishedAt < prediction.createdAt),
      trained: trained ? { recipe: trained.recipe, seed: trained.seed } : null,
    }),
  };
}
