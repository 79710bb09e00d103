import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The word that stands for the starter library wherever a library file is asked for. */
export const STARTER = 'starter' as const;

/**
 * Path of a calibration library that comes with the product, so that a new project can predict before anything was
 * calibrated in it: "starter" holds runs on public datasets (docs/starter-library.md), "demo" those of `ccnet demo` on
 * its four calibration tissues. Found beside this file's room (a checkout) or beside the bundles.
 * @throws Error naming the file when the installation lacks it
 */
export function shippedLibrary(name: 'starter' | 'demo'): string {
  const file = `assets/${name}-library.json`;
  const candidates = [`../../${file}`, `../${file}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`This installation lacks ${file}. Install the product again.`);
  return path;
}
