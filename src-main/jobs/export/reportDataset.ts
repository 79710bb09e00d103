import { UsageError } from '#common/errors.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { htmlReport } from '../../export/report/htmlReport.ts';
import type { ReportCost, ReportData, ReportOutcome } from '../../export/report/reportData.ts';
import { writeFileSafely } from '../../export/writeFileSafely.ts';
import { networkCost } from '../../network/networkCost.ts';
import { selectRuns } from '../../prediction/points/calibrationPoints.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { OutcomeRecord } from '../../project/records/outcomes.ts';
import type { PredictionRecord } from '../../project/records/predictions.ts';
import type { Project } from '../../project/project.ts';
import { basename } from 'node:path';
import { commonRecipe } from '../prediction/commonRecipe.ts';
import { datasetComplexity } from '../dataset/datasetComplexity.ts';
import { exportedBytes } from '../prediction/exportedBytes.ts';
import { measuredCurve, measuredCurves } from '../prediction/measuredCurves.ts';
import { measuredLatency } from '../prediction/measuredLatency.ts';
import { reportCommands } from './reportCommands.ts';
import { reportExamples } from './reportExamples.ts';

interface ReportContext {
  readonly project: Project;
  readonly dataset: DatasetRecord;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** The prediction to report: the one whose outcome is known, else the latest. @throws UsageError when there is none */
function reportedPrediction(
  project: Project,
  dataset: DatasetRecord,
): { prediction: PredictionRecord; outcome?: OutcomeRecord } {
  const outcome = project.outcomes.list(dataset.id).at(-1);
  const predictions = project.predictions.ofDataset(dataset.id);
  const prediction = outcome ? project.predictions.byId(outcome.predictionId) : predictions.at(-1);
  if (!prediction) {
    throw new UsageError(
      `Nothing was predicted for ${dataset.name} yet.`,
      `Run: ccnet predict ${dataset.name} ...`,
    );
  }
  return { prediction, ...(outcome && { outcome }) };
}

async function costOf(
  context: ReportContext,
  network: NetworkSpec,
  workingSide: number,
): Promise<ReportCost> {
  const { project, engine, signal } = context;
  return {
    ...networkCost(network, workingSide, workingSide),
    fileBytes: exportedBytes(network),
    latencyMs: await measuredLatency(project, engine, network, workingSide, signal),
  };
}

async function outcomeData(
  context: ReportContext,
  outcome: OutcomeRecord,
  exports: readonly ExportedFile[],
): Promise<ReportOutcome | null> {
  const { project, dataset, engine, signal } = context;
  const record = outcome.networkId === null ? undefined : project.networks.byId(outcome.networkId);
  if (!record) return null;
  const { workingSide } = record.recipe;
  const base = { ...record.network, factor: 1 };
  const runs = project.runs.list().filter(({ run }) => run.datasetFingerprint === dataset.fingerprint);
  const baseRuns = runs.filter(
    ({ run }) => run.network.width === base.width && run.network.family === base.family,
  );
  const baseCurve = measuredCurve(baseRuns.map(({ run }) => run)).find((point) => point.alpha === 1);
  const files = exports.map(({ file, bytes, largestDifference }) => ({
    file: basename(file),
    bytes,
    largestDifference,
  }));
  return {
    network: record.network,
    parameters: record.parameters,
    predicted: { dice: outcome.predictedDice, low: outcome.predictedLow, high: outcome.predictedHigh },
    measured: record.test,
    baseDice: baseCurve?.dice ?? null,
    recipe: record.recipe,
    seed: record.seed,
    engine: record.engine,
    history: record.trainingId === null ? [] : project.checkpoints.history(record.trainingId),
    trainingSeconds: runs.find(({ id }) => id === record.runId)?.run.trainingSeconds ?? 0,
    base: await costOf(context, base, workingSide),
    chosen: await costOf(context, record.network, workingSide),
    examples: await reportExamples(project, engine, dataset, record, signal),
    exports: files,
  };
}

/** Gathers everything that the report of a dataset tells from the project. */
async function reportData(context: ReportContext, exports: readonly ExportedFile[]): Promise<ReportData> {
  const { project, dataset, signal, onProgress } = context;
  const { prediction, outcome } = reportedPrediction(project, dataset);
  const { family, width } = prediction.network;
  const { workingSide } = prediction.prediction;
  const complexity: DatasetComplexity = await datasetComplexity(
    project,
    dataset,
    workingSide,
    'train',
    signal,
    onProgress,
  );
  const parametersOf = (alpha: number): number =>
    networkCost({ ...prediction.network, factor: alpha }, 256, 256).parameters;
  const selection = { family, width, complexityRecipe: complexity.recipe, parametersOf };
  const runs = project.runs.all();
  const usable = selectRuns(runs, { ...selection, except: dataset.fingerprint });
  const recipe = commonRecipe(usable)?.recipe;
  const images = project.images.ofDataset(dataset.id);
  const findings = project.findings.ofDataset(dataset.id);
  const own = runs.filter(
    (run) =>
      run.datasetFingerprint === dataset.fingerprint &&
      run.network.width === width &&
      run.network.family === family,
  );
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
    network: { family, width },
    limits: prediction.limits,
    candidates: prediction.prediction.candidates,
    error: prediction.prediction.error,
    warnings: prediction.prediction.warnings,
    choice: prediction.choice,
    calibration: measuredCurves(
      selectRuns(usable, { ...selection, ...(recipe && { trainingRecipe: recipe }) }),
    ),
    measured: measuredCurve(own),
    outcome: outcome ? await outcomeData(context, outcome, exports) : null,
    commands: reportCommands(dataset, prediction, usable, outcome !== undefined),
  };
}

/** Writes the HTML report of a dataset. @returns the file */
export async function reportDataset(
  context: ReportContext,
  exports: readonly ExportedFile[],
  file: string,
): Promise<string> {
  context.onProgress({ stage: 'Writing the report', done: 0, total: 1, unit: 'files', secondsLeft: null });
  await writeFileSafely(file, htmlReport(await reportData(context, exports)));
  return file;
}
