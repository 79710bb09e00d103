import { basename } from 'node:path';
import { ownRuns } from '#common/calibration/evidence.ts';
import { fullDice, measuredCurve } from '#common/calibration/measuredCurve.ts';
import type { Limits } from '#common/prediction/prediction.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { undistilled } from '#common/training/undistilled.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import type { ReportCost, ReportOutcome } from '../../export/report/reportData.ts';
import { networkCost } from '../../network/networkCost.ts';
import type { OutcomeRecord } from '../../project/records/outcomes.ts';
import { exportedBytes } from '../prediction/exportedBytes.ts';
import { measuredGoal } from '../training/fullNetwork.ts';
import { measuredLatency } from '../prediction/measuredLatency.ts';
import type { ReportContext } from './reportContext.ts';
import { reportExamples } from './reportExamples.ts';

async function costOf(
  context: ReportContext,
  network: NetworkSpec,
  workingSide: number,
): Promise<ReportCost> {
  const { project, signal } = context;
  return {
    ...networkCost(network, workingSide, workingSide),
    fileBytes: exportedBytes(network),
    latencyMs: await measuredLatency(project, network, workingSide, signal),
  };
}

/**
 * What the report tells of a trained network: predicted beside measured accuracy, cost before and after, examples, files. Its full network
 * is one that was trained on the same images in the same way, from the masks alone.
 * @returns null where the network was not kept
 */
export async function reportOutcome(
  context: ReportContext,
  outcome: OutcomeRecord,
  limits: Limits,
  exports: readonly ExportedFile[],
): Promise<ReportOutcome | null> {
  const { project, dataset, engine, signal } = context;
  const record = outcome.networkId === null ? undefined : project.networks.byId(outcome.networkId);
  if (!record) return null;
  const { workingSide } = record.recipe;
  const base = { ...record.network, factor: 1 };
  const run = record.runId === null ? undefined : project.runs.byId(record.runId)?.run;
  const fingerprint = run?.datasetFingerprint ?? dataset.fingerprint;
  const edited = fingerprint !== dataset.fingerprint;
  const full = ownRuns(project.runs.all(), { ...base, fingerprint }, undistilled(record.recipe));
  const files = exports.map(({ file, bytes, largestDifference, differs }) => ({
    file: basename(file),
    bytes,
    largestDifference,
    ...(differs && { differs }),
  }));
  return {
    network: record.network,
    parameters: record.parameters,
    predicted: { dice: outcome.predictedDice, low: outcome.predictedLow, high: outcome.predictedHigh },
    measured: record.test,
    edited,
    goal: measuredGoal(project, record, limits),
    baseDice: fullDice(measuredCurve(full)),
    recipe: record.recipe,
    seed: record.seed,
    engine: record.engine,
    history: record.trainingId === null ? [] : project.checkpoints.history(record.trainingId),
    trainingSeconds: run?.trainingSeconds ?? 0,
    base: await costOf(context, base, workingSide),
    chosen: await costOf(context, record.network, workingSide),
    // What is a test image now may have been learnt from.
    examples: edited ? [] : await reportExamples(project, engine, dataset, record, signal),
    exports: files,
  };
}
