import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { relativePathColumn } from './columns.ts';

/** Absolute where the project was on another kind of system: "D:\\images" or "\\\\nas\\images" on Linux and macOS. */
const isForeign = (path: string): boolean => !isAbsolute(path) && /^[A-Za-z]:[\\/]|^\\\\[^\\]/.test(path);

/** Where a dataset lies, or lay on the computer that the project comes from. */
export const datasetRoot = z
  .string()
  .max(4096)
  .refine((path) => isAbsolute(path) || isForeign(path), 'not an absolute path');

/**
 * Where a dataset lies, as the project file holds it. Data in the project's own folder, or deeper, are named relative to
 * it, with forward slashes, so that folder and project can be moved together; all others by their absolute path.
 */
export const datasetRootColumn = z
  .string()
  .max(4096)
  .refine(
    (path) => isAbsolute(path) || isForeign(path) || relativePathColumn.safeParse(path).success,
    "neither an absolute path nor one inside the project's folder",
  );

/** @param root absolute @param projectPath of the project file, links followed */
export function storedRoot(root: string, projectPath: string): string {
  if (isForeign(root)) return root;
  const inside = relative(dirname(projectPath), realPath(root)).split(sep).join('/');
  if (isAbsolute(inside) || inside.split('/')[0] === '..') return root;
  // "H:E slides" alone would be taken for a place on a drive, and "\\a" for one on a server.
  const stored = inside === '' ? '.' : /^[A-Za-z]:|^\\/.test(inside) ? `./${inside}` : inside;
  return relativePathColumn.safeParse(stored).success ? stored : root;
}

/** The absolute path that `storedRoot` stands for. */
export function resolvedRoot(stored: string, projectPath: string): string {
  return isForeign(stored) ? stored : resolve(dirname(projectPath), stored);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
