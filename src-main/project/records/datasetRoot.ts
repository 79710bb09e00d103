import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { relativePathColumn } from './columns.ts';

/**
 * Where a dataset lies, as the project file holds it. Data in the project's own folder, or deeper, are named relative to
 * it, with forward slashes, so that folder and project can be moved together; all others by their absolute path.
 */
export const datasetRootColumn = z
  .string()
  .max(4096)
  .refine(
    (path) => isAbsolute(path) || relativePathColumn.safeParse(path).success,
    "neither an absolute path nor one inside the project's folder",
  );

/** @param root absolute @param projectPath of the project file, links followed */
export function storedRoot(root: string, projectPath: string): string {
  const inside = relative(dirname(projectPath), realPath(root));
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') return root;
  return inside === '' ? '.' : inside.split(sep).join('/');
}

/** The absolute path that `storedRoot` stands for. */
export function resolvedRoot(stored: string, projectPath: string): string {
  return resolve(dirname(projectPath), stored);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
