import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { dealtImages } from '../dataset/dealtImages.ts';
import type { TrainRequest } from './trainRequest.ts';
import type { TaskDataset, TrainingTask } from './trainingTask.ts';
import { storedWeights } from './storedWeights.ts';

type Asked = Pick<TrainRequest, 'project' | 'dataset' | 'network' | 'recipe' | 'seed' | 'fold'>;

/** A stored dataset as a task has it, dealt by its own split or a fold. @throws too-few-for-folds */
export function taskDataset({
  project,
  dataset,
  fold,
}: Pick<Asked, 'project' | 'dataset' | 'fold'>): TaskDataset {
  const { name, fingerprint, root, channels, reading } = dataset;
  return { name, fingerprint, root, channels, reading, images: dealtImages(project, dataset.id, fold) };
}

/** Everything that a training needs of the project. @param teacher the stored network that it learns from */
export function taskOf(asked: Asked, teacher: TrainedNetworkRecord | undefined): TrainingTask {
  const { network, recipe, seed, fold } = asked;
  return {
    dataset: taskDataset(asked),
    network,
    recipe,
    seed,
    fold,
    teacher: teacher ? teacherTask(asked.project, teacher) : null,
  };
}

function teacherTask(project: Project, { id, network }: TrainedNetworkRecord): TrainingTask['teacher'] {
  return { network, weights: storedWeights(project, { id, network }) };
}
