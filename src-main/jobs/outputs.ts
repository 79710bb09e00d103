import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { pathsOf } from '#contract/jobs/pathsOf.ts';
import { fileOfMask } from '../dataset/annotations/maskReference.ts';
import { kindOfFile } from '../dataset/decoding/imageFormat.ts';
import { OutputFiles } from '../files/outputFiles.ts';
import { type Originals, ProtectedFiles } from '../files/protectedFiles.ts';
import type { Project } from '../project/project.ts';

/**
 * How a job writes what is meant for the user: never onto the project, its datasets, or anything else that it reads.
 * @param read other files and folders of originals that must stay
 */
export function outputsOf(project: Project | null, read: readonly string[] = []): OutputFiles {
  const datasets = project?.datasets.list() ?? [];
  const originals: Originals[] = [
    ...datasets.map(({ id, name, root }) => ({ name, root, files: () => imageFiles(project, id) })),
    ...read.map((path) => ({ name: path, root: path, files: () => [] })),
  ];
  const isImage = (path: string): boolean => kindOfFile(path.replaceAll('\\', '/')) !== 'other';
  return new OutputFiles(new ProtectedFiles({ project: project?.path ?? null, originals, isImage }));
}

function imageFiles(project: Project | null, dataset: number): string[] {
  return (project?.images.allOfDataset(dataset) ?? []).flatMap(({ image, masks }) => [
    image,
    ...masks.map(fileOfMask),
  ]);
}

/** Refuses a request before any work whose outputs would replace what it reads. @throws output-is-input */
export async function requireFreeOutputs(request: JobRequest, project: Project | null): Promise<void> {
  const paths = pathsOf(request);
  const read = paths.filter(({ access }) => access === 'read').map(({ path }) => path);
  const outputs = outputsOf(project, read);
  for (const { path, access } of paths) if (access === 'write') await outputs.requireFree(path);
}
