import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ExportFormat } from '#contract/jobs/requestFields.ts';

/** The scripts that are written beside exported files, in assets/scripts. */
export const SCRIPTS = ['segment.py', 'napari.py', 'fiji.groovy', 'qupath.groovy'] as const;
export type ScriptName = (typeof SCRIPTS)[number];

/**
 * Text of a script, found beside this file's room (a checkout) or beside the bundles.
 * @throws Error naming the file when the installation lacks it
 */
export async function scriptText(name: ScriptName): Promise<string> {
  const file = `assets/scripts/${name}`;
  const candidates = [`../../../${file}`, `../../${file}`, `../${file}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`This installation lacks ${file}. Install the product again.`);
  return readFile(path, 'utf8');
}

/** The scripts that run files of these formats: those in Java take the one that prepares images itself. */
export function scriptsFor(formats: readonly ExportFormat[]): ScriptName[] {
  return SCRIPTS.filter((name) => formats.includes(name.endsWith('.py') ? 'onnx' : 'onnx-pixels'));
}
