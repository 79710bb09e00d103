import { planSweep, type SweepDataset } from '../../calibration/planSweep.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { foldText } from '#common/dataset/foldText.ts';
import type { CalibrateResult } from '#contract/jobs/calibrateKind.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { datasetComplexity } from '../dataset/datasetComplexity.ts';
import type { Job } from '../job.ts';
import { clusterSweep } from '../cluster/clusterSweep.ts';
import { sweepTrainings } from '../sweep/sweepTraining.ts';
import { trainSweep } from '../sweep/trainSweep.ts';

interface CalibrationDataset extends SweepDataset {
  readonly record: DatasetRecord;
}

const summary = (run: CalibrationRun): CalibrateResult['runs'][number] => ({
  dataset: run.datasetName,
  alpha: run.network.factor,
  seed: run.seed,
  fold: foldText(run.fold),
  parameters: run.parameters,
  testDice: run.testDice,
  learnt: run.learnt,
  seconds: run.trainingSeconds,
  engine: run.engine,
});

/**
 * Trains every factor and seed on every named dataset and stores the runs; what is stored is not trained again. Says
 * beforehand how long it will take, and begins nothing that will not find enough memory.
 */
export function calibrate(request: RequestOf<'calibrate'>, project: Project): Job<ResultOf<'calibrate'>> {
  return {
    async run(signal, onProgress, show) {
      const records = request.datasets.map((id) => project.datasets.required(id));
      const datasets: CalibrationDataset[] = [];
      for (const record of records) {
        const { workingSide } = request.recipe;
        // Not for the training: what was calibrated is compared with other datasets by it.
        await datasetComplexity(project, record, workingSide, 'train', signal, onProgress);
        const { name, fingerprint, channels } = record;
        datasets.push({ name, fingerprint, channels, record });
      }
      // On a cluster the device is the nodes' affair, and the threads are those of a task.
      const here = request.executor
        ? { device: 'native' as const, threads: undefined }
        : { device: request.device, threads: request.threads ?? undefined };
      const engine = await openEngine(here.device, { threads: here.threads });
      const withCores = request.withCores === true && engine.id !== 'native';
      const cores = withCores ? await openEngine('native', { threads: here.threads }) : null;
      const plan = planSweep({ ...request, datasets }, project.runs.all());
      const trainings = sweepTrainings(project, plan.toTrain);
      const limits = { parallel: request.parallel ?? null, memory: request.memory ?? null };
      const dryRun = request.dryRun === true;
      const { runs, forecast } = request.executor
        ? {
            // How long the nodes take nobody can tell from here.
            runs: dryRun ? [] : await clusterSweep(project, request, trainings, signal, onProgress),
            forecast: null,
          }
        : await trainSweep({ project, engine, cores, limits, dryRun, show }, trainings, signal, onProgress);
      const all = [...plan.stored, ...runs].map(summary);
      return {
        trained: runs.length,
        skipped: plan.stored.length,
        planned: plan.toTrain.length,
        forecast,
        runs: all.sort(
          (a, b) =>
            a.dataset.localeCompare(b.dataset) ||
            b.alpha - a.alpha ||
            a.seed - b.seed ||
            a.fold.localeCompare(b.fold),
        ),
      };
    },
  };
}
