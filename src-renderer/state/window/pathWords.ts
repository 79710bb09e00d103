import { folderOf } from './words.ts';

/** Where paths are seen from: the file of the open project, and the user's own folder where the system shortens it to "~". */
export interface PathContext {
  readonly project?: string | undefined;
  readonly home?: string | undefined;
}

/** A path as short as it stays clear: inside the project's folder, inside the user's own, or as it is. */
export function pathWords(path: string, { project, home }: PathContext): string {
  const beside = project === undefined ? undefined : inside(path, folderOf(project));
  if (beside !== undefined) return `${beside}, in the project's folder`;
  const own = home === undefined ? undefined : inside(path, home);
  return own === undefined ? path : `~${path.charAt(home?.length ?? 0)}${own}`;
}

/** The part of a path below a folder, or undefined. */
function inside(path: string, folder: string): string | undefined {
  const separator = path.charAt(folder.length);
  const isBelow = path.startsWith(folder) && (separator === '/' || separator === '\\');
  return isBelow ? path.slice(folder.length + 1) : undefined;
}
