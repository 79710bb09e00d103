import { basename } from 'node:path';
import { openSource } from '../src-main/dataset/source/openSource.ts';
import { sampleSource } from '../src-main/dataset/working/sampleSource.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import type { Project } from '../src-main/project/project.ts';

type Samples = ReturnType<typeof sampleSource>;

/** All images of a folder, whatever split they fall into, by name, at the default working resolution. */
export interface WholeDataset {
  readonly count: number;
  /** Those from one place to before another. */
  readonly samples: (from?: number, to?: number) => Samples;
  readonly close: () => Promise<void>;
}

/** Adds the folder to the project and opens it; close it afterwards. */
export async function openWholeDataset(project: Project, folder: string): Promise<WholeDataset> {
  const { signal } = new AbortController();
  const name = basename(folder);
  const request = { kind: 'add-dataset', path: folder, name, splitMode: 'ordered' } as const;
  const { id } = await addDataset(request, project).run(signal, () => undefined);
  const { root, channels, reading } = project.datasets.required(id);
  const images = project.images.ofDataset(id).sort((a, b) => (a.name < b.name ? -1 : 1));
  const source = await openSource(root);
  return {
    count: images.length,
    samples: (from = 0, to = images.length) =>
      sampleSource(source, images.slice(from, to), { workingSide: 256, channels, reading }),
    close: () => source.close(),
  };
}
