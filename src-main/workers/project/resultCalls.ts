import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type {
  ImportedLibrary,
  NetworkChoice,
  OutcomeView,
  PredictionView,
  RunView,
  StarterLibraryView,
  TestImageView,
  TrainedNetworkView,
} from '#contract/channels.ts';
import { CcnetError } from '#common/errors.ts';
import type { Publication } from '#common/use/publication.ts';
import type { GoalVerdict } from '#common/prediction/judgeGoal.ts';
import { starterLibraryOf } from '../../jobs/calibration/starterLibrary.ts';
import { measuredGoal } from '../../jobs/training/fullNetwork.ts';
import type { Project } from '../../project/project.ts';
import type { OutcomeRecord } from '../../project/records/outcomes.ts';
import type { OpenedProject } from './openedProject.ts';

function goalOf(project: Project, { networkId, predictionId }: OutcomeRecord): GoalVerdict | null {
  const record = networkId === null ? undefined : project.networks.byId(networkId);
  const limits = project.predictions.byId(predictionId)?.limits;
  return record && limits ? measuredGoal(project, record, limits) : null;
}

function teacherWidthOf(project: Project, network: number | null): number | null {
  return (network === null ? undefined : project.networks.byId(network)?.recipe.teacherWidth) ?? null;
}

/** What the window asks about calibration runs, predictions, outcomes and trained networks. */
export const resultCalls = (opened: OpenedProject) => ({
  'library.runs': (): RunView[] => opened.project.runs.list(),
  'library.datasets': (): CalibratedDataset[] => opened.project.calibratedDatasets.list(),
  'library.starter': (): StarterLibraryView => starterLibraryOf(opened.project),
  'library.imported': (): ImportedLibrary[] => opened.project.runs.libraries(),
  'library.exclude': ({ id, reason }: { id: number; reason: string | null }): null => {
    if (!opened.project.runs.exclude(id, reason)) {
      throw new CcnetError('run-gone', { run: id });
    }
    return null;
  },
  'predictions.list': (dataset: number): PredictionView[] => opened.project.predictions.ofDataset(dataset),
  'outcomes.list': (dataset: number): OutcomeView[] =>
    opened.project.outcomes.list(dataset).map((outcome) => ({
      id: outcome.id,
      predictionId: outcome.predictionId,
      networkId: outcome.networkId,
      alpha: outcome.alpha,
      predicted: {
        dice: outcome.predictedDice,
        low: outcome.predictedLow,
        high: outcome.predictedHigh,
      },
      measured: {
        dice: outcome.measuredDice,
        iou: outcome.measuredIou,
        diceWorking: outcome.measuredDiceWorking,
      },
      teacherWidth: teacherWidthOf(opened.project, outcome.networkId),
      goal: goalOf(opened.project, outcome),
      before: { parameters: outcome.parametersBefore, bytes: outcome.bytesBefore },
      after: { parameters: outcome.parametersAfter, bytes: outcome.bytesAfter },
      createdAt: outcome.createdAt,
    })),
  'networks.testImages': (id: number): TestImageView[] => opened.project.testImages.ofNetwork(id),
  /** The mask that a network found on a test image, as a PNG; null where it has not been looked at. */
  'networks.found': ({ network, image }: { network: number; image: number }): Uint8Array | null =>
    opened.project.testImages.found(network, image) ?? null,
  'networks.list': (): NetworkChoice[] => {
    const names = new Map(opened.project.datasets.list().map(({ id, name }) => [id, name]));
    return opened.project.networks.list().flatMap(({ id, datasetId, network, seed, fold, test }) => {
      const dataset = datasetId === null ? undefined : names.get(datasetId);
      return dataset === undefined ? [] : [{ id, dataset, network, seed, fold, testDice: test.dice }];
    });
  },
  'publication.get': (): Publication | null => opened.project.settings.get('publication') ?? null,
  'publication.set': (publication: Publication): null => {
    opened.project.settings.set('publication', publication);
    return null;
  },
  'networks.get': (id: number): TrainedNetworkView => {
    const record = opened.project.networks.byId(id);
    if (!record) {
      throw new CcnetError('network-gone', { network: id });
    }
    const { datasetId, network, parameters, engine, test, createdAt, trainingId } = record;
    const history = trainingId === null ? [] : opened.project.checkpoints.history(trainingId);
    return { id, datasetId, network, parameters, engine, test, history, createdAt };
  },
});
