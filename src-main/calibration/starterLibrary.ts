import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The word that stands for the starter library wherever a library file is asked for. */
export const STARTER = 'starter';

/**
 * Path of the calibration library that comes with the product: runs on ten public datasets (docs/starter-library.md), so that a new
 * project can predict before anything was calibrated in it. Found beside this file's room (a checkout) or beside the bundles.
 */
export function starterLibrary(): string {
  const candidates = ['../../assets/starter-library.json', '../assets/starter-library.json'].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('The starter library is missing from this installation.');
  return path;
}
