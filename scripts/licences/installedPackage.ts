import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../packaging/packHere.ts';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Below the repository, with forward slashes: "node_modules/sharp". */
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** The package in a folder. @throws Error when there is none, or it names no licence */
export function installedPackage(folder: string): InstalledPackage {
  const { name, version, license } = readManifest(folder);
  if (license === undefined) throw new Error(`${folder}/package.json names no licence.`);
  return { name, version, licence: license.replace(/^\((.*)\)$/, '$1'), folder };
}

/** Where Node finds a package that the one in `from` asks for; null when it is not installed. */
function found(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    const folder = at === '.' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (existsSync(join(root, folder, 'package.json'))) return folder;
    if (at === '.') return null;
  }
}

/** Every installed package that the product needs to run, directly or through another one, and not only to be built or tested. */
export function productionPackages(): readonly InstalledPackage[] {
  const known = new Set<string>();
  const visit = (folder: string): void => {
    const { dependencies, optionalDependencies } = readManifest(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const next = found(name, folder);
      if (next === null || known.has(next)) continue;
      known.add(next);
      visit(next);
    }
  };
  visit('.');
  return [...known].sort().map(installedPackage);
}
