import { folderOf } from './words.ts';

/** One thing that was dropped on the window. */
export interface DroppedItem {
  readonly path: string;
  readonly isFolder: boolean;
}

/** Folders and .zip files are taken as they are; of loose images, the folder that they lie in. Each source once. */
export function droppedSources(items: readonly DroppedItem[]): {
  paths: readonly string[];
  /** Whether loose images stand for their folder. */
  widened: boolean;
} {
  const known = items.filter((item) => item.path !== '');
  const isSource = (item: DroppedItem): boolean => item.isFolder || /\.zip$/i.test(item.path);
  const paths = new Set(known.map((item) => (isSource(item) ? item.path : folderOf(item.path))));
  return { paths: [...paths], widened: known.some((item) => !isSource(item)) };
}
