import { existsSync } from 'node:fs';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { DeviceId } from '#common/device/device.ts';
import { throwIfCancelled } from '#common/errors.ts';
import type { OnProgress } from '#contract/progress.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { writeCheckpoint } from '../../cluster/checkpointFile.ts';
import { type SweepFolder, taskId } from '../../cluster/sweepFolder.ts';
import { writeTensorFile } from '../../cluster/tensorFile.ts';
import type { DatasetFile, SweepFile, TaskFile } from '../../cluster/taskFormat.ts';
import { TASK_FORMAT, TASK_VERSION } from '../../cluster/taskFormat.ts';
import type { OutputFiles } from '../../files/outputFiles.ts';
import { fileOfMask } from '../../dataset/annotations/maskReference.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { withFiles } from '../dataset/withSamples.ts';
import { outputsOf } from '../outputs.ts';
import type { SweepTraining } from '../sweep/sweepTraining.ts';
import { join } from 'node:path';
import { storedWeights } from '../training/storedWeights.ts';

export interface PackOptions {
  readonly device: DeviceId;
  /** Whether the images are copied into the sweep's folder, for nodes that do not see where they lie. */
  readonly pack: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/**
 * Writes a sweep into a folder: its datasets, the networks to learn from, where unfinished trainings stopped, one file a task, and at last the file that
 * says that all of it is there. A folder that has that one is left as it is.
 * @throws target-unwritable, output-is-input
 */
export async function packSweep(
  project: Project,
  trainings: readonly SweepTraining[],
  folder: SweepFolder,
  options: PackOptions,
): Promise<void> {
  if (existsSync(folder.sweep)) return;
  const outputs = outputsOf(project);
  await outputs.requireFree(folder.sweep);
  const records = new Map(
    trainings.map(({ planned: { dataset } }) => [dataset.record.id, dataset.record] as const),
  );
  for (const record of records.values()) await writeDataset(project, record, folder, outputs, options);
  for (const [index, training] of trainings.entries()) {
    throwIfCancelled(options.signal, 'Writing the tasks');
    if (index % 100 === 0) {
      const told = { stage: 'Writing the tasks', unit: 'tasks', secondsLeft: null };
      options.onProgress({ ...told, done: index, total: trainings.length });
    }
    const id = taskId(index);
    await writeStoredState(project, training, folder, id);
    await outputs.write(
      folder.task(id),
      `${JSON.stringify(await taskFile(project, training, folder, options))}\n`,
    );
  }
  const recipe = complexityRecipe(trainings[0]?.planned.recipe.workingSide ?? 0);
  const measured = project.calibratedDatasets.measuredBy(recipe);
  const sweep: SweepFile = {
    ...{ format: 'ccnet-sweep', version: TASK_VERSION, product: PRODUCT_VERSION },
    createdAt: new Date().toISOString(),
    tasks: trainings.length,
    datasets: [...records.values()].flatMap(({ fingerprint }) => measured.get(fingerprint) ?? []),
  };
  await outputs.write(folder.sweep, `${JSON.stringify(sweep)}\n`);
}

async function taskFile(
  project: Project,
  { planned, teacher }: SweepTraining,
  folder: SweepFolder,
  { device }: PackOptions,
): Promise<TaskFile> {
  const { dataset, network, recipe, seed, fold } = planned;
  return {
    ...{ format: TASK_FORMAT, version: TASK_VERSION, product: PRODUCT_VERSION },
    ...{ dataset: dataset.fingerprint, network, recipe, seed, fold, device },
    teacher: await teacherOfTask(project, teacher, folder),
  };
}

async function teacherOfTask(
  project: Project,
  teacher: SweepTraining['teacher'],
  folder: SweepFolder,
): Promise<TaskFile['teacher']> {
  if (teacher === null) return null;
  if (typeof teacher === 'number') {
    // Its network is what its own task says.
    return { from: { task: taskId(teacher) } };
  }
  const file = folder.teacher(teacher.id);
  if (!existsSync(file)) {
    const weights = storedWeights(project, teacher);
    await writeTensorFile(file, { head: { network: teacher.network }, groups: { weights } });
  }
  return { from: { stored: teacher.id } };
}

/** Where an earlier attempt in this project stopped, the task goes on. */
async function writeStoredState(
  project: Project,
  { planned }: SweepTraining,
  folder: SweepFolder,
  id: string,
): Promise<void> {
  const { dataset, network, recipe, seed, fold } = planned;
  const plan = { datasetId: dataset.record.id, purpose: 'calibration', network, recipe, seed, fold } as const;
  const training = project.trainings.unfinished(plan);
  const checkpoint = training && project.checkpoints.load(training.id);
  if (checkpoint) await writeCheckpoint(folder.checkpoint(id), { device: training.device, checkpoint });
}

async function writeDataset(
  project: Project,
  record: DatasetRecord,
  folder: SweepFolder,
  outputs: OutputFiles,
  { pack, signal, onProgress }: PackOptions,
): Promise<void> {
  const { id, name, fingerprint, root, channels, reading } = record;
  const stored = project.images.ofDataset(id);
  if (pack)
    await copyFiles(record, filesOf(stored), folder.packed(fingerprint), outputs, { signal, onProgress });
  const file: DatasetFile = {
    ...{ format: 'ccnet-task-dataset', version: TASK_VERSION, name, fingerprint },
    ...{ root: pack ? null : root, channels, reading, images: stored },
  };
  await outputs.write(folder.dataset(fingerprint), `${JSON.stringify(file)}\n`);
}

function filesOf(images: readonly { readonly image: string; readonly masks: readonly string[] }[]): string[] {
  return [...new Set(images.flatMap(({ image, masks }) => [image, ...masks.map(fileOfMask)]))];
}

async function copyFiles(
  record: DatasetRecord,
  files: readonly string[],
  to: string,
  outputs: OutputFiles,
  { signal, onProgress }: Pick<PackOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  await withFiles(record, async (source) => {
    for (const [done, file] of files.entries()) {
      throwIfCancelled(signal, 'Copying the images');
      onProgress({
        ...{ stage: `Copying the images of ${record.name}`, done, total: files.length },
        ...{ unit: 'files', secondsLeft: null },
      });
      const target = join(to, file);
      if (!existsSync(target)) await outputs.write(target, await source.read(file));
    }
  });
}
