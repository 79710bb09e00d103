import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packaging/packHere.ts';

/** Where each build of Vite writes which packages it bundled, below `dist`, and what the bundle is called in a notice. */
const LISTS = {
  'bundled.json': 'the program (dist)',
  'renderer/bundled.json': "the window's page (dist/renderer)",
  'webgpu/bundled.json': 'the page that computes on WebGPU (dist/webgpu)',
} as const;

export interface BundledPackage {
  readonly name: string;
  readonly inside: string;
}

/** Packages whose code the builds copied into the bundles. @throws Error when a part is not built */
export function bundledPackages(): readonly BundledPackage[] {
  return Object.entries(LISTS).flatMap(([file, inside]) => {
    const path = join(root, 'dist', file);
    if (!existsSync(path)) throw new Error(`dist/${file} is missing. Build first: npm run build`);
    const list = JSON.parse(readFileSync(path, 'utf8')) as readonly { name: string }[];
    return [...new Set(list.map(({ name }) => name))].map((name) => ({ name, inside }));
  });
}
