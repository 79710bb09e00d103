import { folderOf, lastPart } from '../window/words.ts';

/** One thing that was dropped on the window. */
export interface DroppedItem {
  readonly path: string;
  readonly isFolder: boolean;
}

/** What is taken in as one dataset: a folder or .zip, or only some files of a folder. */
export interface IntakeSource {
  readonly path: string;
  /** Relative to `path`, with forward slashes; absent for all. */
  readonly files?: readonly string[];
}

/**
 * Folders and .zip files are taken as they are, each once. Loose images are taken together, and nothing but them: images may be
 * dropped with their masks from two folders, so their source is the folder that both lie in.
 */
export function droppedSources(items: readonly DroppedItem[]): readonly IntakeSource[] {
  const known = items.filter((item) => item.path !== '');
  const isSource = (item: DroppedItem): boolean => item.isFolder || /\.zip$/i.test(item.path);
  const sources = [...new Set(known.filter(isSource).map(({ path }) => path))].map((path) => ({ path }));
  const loose = [...new Set(known.filter((item) => !isSource(item)).map(({ path }) => path))];
  return loose.length === 0 ? sources : [...sources, together(loose)];
}

function together(files: readonly string[]): IntakeSource {
  const path = files.map(folderOf).reduce(commonFolder);
  const start = /[\\/]$/.test(path) ? path.length : path.length + 1;
  return { path, files: files.map((file) => file.slice(start).replaceAll('\\', '/')) };
}

function commonFolder(a: string, b: string): string {
  const within = (folder: string): boolean =>
    b === folder || b.startsWith(`${folder}/`) || b.startsWith(`${folder}\\`);
  let folder = a;
  while (!within(folder) && folderOf(folder) !== folder) folder = folderOf(folder);
  return folder;
}

/** Folders that hold images or masks only: their counterpart lies beside them. */
const HALF = /^(images?|imgs?|masks?|labels?|gt|annotations?)$/i;

/** The folder that a dataset is likely to be whose files were dropped: never "images" alone, but the one above. */
export function datasetFolder(folder: string): string {
  return HALF.test(lastPart(folder)) ? folderOf(folder) : folder;
}
