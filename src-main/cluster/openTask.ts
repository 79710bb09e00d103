import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { checkedDocument, readDocument, readText } from './readDocument.ts';
import { SweepFolder } from './sweepFolder.ts';
import {
  type DatasetFile,
  datasetFileSchema,
  TASK_VERSION,
  type TaskFile,
  taskSchema,
} from './taskFormat.ts';
import { readTensorFile } from './tensorFile.ts';

/** A task that may be run: checked, with its dataset. */
export interface OpenedTask {
  readonly folder: SweepFolder;
  readonly id: string;
  readonly task: TaskFile;
  readonly dataset: DatasetFile & { readonly root: string };
}

const versionSchema = z.object({ product: z.string().max(40), version: z.number() });

/**
 * Reads a task from where its sweep wrote it.
 * @throws task-not-in-sweep, task-other-version, task-file-unusable
 */
export async function openTask(file: string): Promise<OpenedTask> {
  const place = SweepFolder.ofTask(file);
  if (!place) throw new CcnetError('task-not-in-sweep', { path: file });
  const { folder, id } = place;
  const task = await readTask(folder, id);
  const path = folder.dataset(task.dataset);
  const dataset = await readDocument(path, datasetFileSchema);
  const wrong = (reason: string): CcnetError => new CcnetError('task-file-unusable', { path, reason });
  if (dataset.version !== TASK_VERSION) throw wrong(`It is of format ${dataset.version}.`);
  if (dataset.fingerprint !== task.dataset) throw wrong('It is of another dataset.');
  const root = dataset.root ?? folder.packed(dataset.fingerprint);
  if (!isAbsolute(root)) throw wrong('The place of its images is not absolute.');
  return { folder, id, task, dataset: { ...dataset, root } };
}

/** @throws task-other-version, task-file-unusable */
export async function readTask(folder: SweepFolder, id: string): Promise<TaskFile> {
  const path = folder.task(id);
  const text = await readText(path);
  // Before all else: another version's task may look otherwise.
  const { product, version } = checkedDocument(path, text, versionSchema);
  if (product !== PRODUCT_VERSION || version !== TASK_VERSION) {
    throw new CcnetError('task-other-version', { path, version: product, own: PRODUCT_VERSION });
  }
  return checkedDocument(path, text, taskSchema);
}

/** The network that a task learns from; null for none. @throws task-teacher-missing, task-file-unusable */
export async function readTeacher({
  folder,
  id,
  task: { teacher },
}: Pick<OpenedTask, 'folder' | 'id' | 'task'>): Promise<{
  readonly network: NetworkSpec;
  readonly weights: readonly NamedTensor[];
} | null> {
  if (!teacher) return null;
  const path =
    'task' in teacher.from ? folder.weights(teacher.from.task) : folder.teacher(teacher.from.stored);
  if ('task' in teacher.from && !existsSync(folder.result(teacher.from.task))) {
    throw new CcnetError('task-teacher-missing', { task: id, teacher: teacher.from.task });
  }
  const { head, groups } = await readTensorFile(path);
  const network = z.object({ network: networkSpecSchema }).safeParse(head).data?.network;
  if (!network)
    throw new CcnetError('task-file-unusable', { path, reason: 'It does not say of which network.' });
  return { network, weights: groups['weights'] ?? [] };
}
