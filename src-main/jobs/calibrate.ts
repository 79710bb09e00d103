import { planSweep, type SweepDataset } from '../calibration/planSweep.ts';
import type { CalibrationRun } from '../contract/calibrationRun.ts';
import type { DatasetComplexity } from '../contract/complexity.ts';
import { throwIfCancelled } from '../contract/errors.ts';
import { formatFactor } from '../contract/factor.ts';
import type { RequestOf } from '../contract/jobRequest.ts';
import type { CalibrateResult, ResultOf } from '../contract/jobResult.ts';
import { jobTitle } from '../contract/jobTitle.ts';
import type { NetworkSpec } from '../contract/network.ts';
import { openEngine } from '../engine/openEngine.ts';
import { networkCost } from '../network/networkCost.ts';
import type { DatasetRecord } from '../project/datasets.ts';
import type { Project } from '../project/project.ts';
import { datasetComplexity } from './datasetComplexity.ts';
import type { Job } from './job.ts';
import { overallProgress } from './overallProgress.ts';
import { trainAndStore } from './trainAndStore.ts';

interface CalibrationDataset extends SweepDataset {
  readonly record: DatasetRecord;
  readonly complexity: DatasetComplexity;
}

const summary = (run: CalibrationRun): CalibrateResult['runs'][number] => ({
  dataset: run.datasetName,
  alpha: typeof run.network.factor === 'number' ? run.network.factor : Number.NaN,
  seed: run.seed,
  parameters: run.parameters,
  testDice: run.testDice,
  learnt: run.learnt,
  seconds: run.trainingSeconds,
});

/** Expected cost of a training: its MACs, and what every step costs however narrow the network is. */
function trainingCost(network: NetworkSpec, side: number): number {
  return networkCost(network, side, side).macs + networkCost({ ...network, factor: 1 }, side, side).macs / 50;
}

/** Trains every factor and seed on every named dataset and stores the runs; what is stored is not trained again. */
export function calibrate(request: RequestOf<'calibrate'>, project: Project): Job<ResultOf<'calibrate'>> {
  return {
    kind: request.kind,
    title: jobTitle(request),
    async run(signal, report) {
      const records = request.datasets.map((name) => project.datasets.named(name));
      const engine = await openEngine(request.device, { threads: request.threads ?? undefined });
      const datasets: CalibrationDataset[] = [];
      for (const record of records) {
        const { workingSide } = request.recipe;
        const complexity = await datasetComplexity(project, record, workingSide, 'train', signal, report);
        const { name, fingerprint, channels } = record;
        datasets.push({
          name,
          fingerprint,
          channels,
          record,
          complexity,
          complexityRecipe: complexity.recipe,
        });
      }
      const plan = planSweep({ ...request, datasets }, project.runs.all());
      const costs = plan.toTrain.map(({ network, recipe }) => trainingCost(network, recipe.crop));
      const progress = overallProgress(costs, 'networks', report);
      const runs: CalibrationRun[] = [];
      for (const [i, planned] of plan.toTrain.entries()) {
        throwIfCancelled(signal, 'Calibration');
        const { dataset, network, recipe, seed } = planned;
        const { run } = await trainAndStore(
          {
            project,
            dataset: dataset.record,
            complexity: dataset.complexity,
            network,
            recipe,
            seed,
            purpose: 'calibration',
            engine,
          },
          signal,
          progress(i, `${dataset.name} at factor ${formatFactor(network.factor)}`),
        );
        runs.push(run);
      }
      const all = [...plan.stored, ...runs].map(summary);
      return {
        trained: runs.length,
        skipped: plan.stored.length,
        runs: all.sort((a, b) => a.dataset.localeCompare(b.dataset) || b.alpha - a.alpha || a.seed - b.seed),
      };
    },
  };
}
