import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '#common/licences/notice.ts';
import { root } from '../packaging/packHere.ts';
import { installedPackage } from './installedPackage.ts';
import { missingText } from './missingTexts.ts';

const LICENCE_FILE = /^(un)?licen[cs]e|^copying|^copyright|^notice|^third[-_ ]?party/i;

/**
 * Notice of an installed package: the licence files in it, or what is written down for it here.
 * @param folder "node_modules/sharp"
 * @param inside what it is compiled or bundled into, when it does not lie in the installation by itself
 * @throws Error naming the package when there is no text
 */
export function packageNotice(folder: string, inside: string | null = null): Notice {
  const { name, version, licence } = installedPackage(folder);
  const files = readdirSync(join(root, folder)).filter((file) => LICENCE_FILE.test(file));
  const texts = files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
  const text = texts.length > 0 ? texts.join('\n\n') : missingText(name);
  if (text === null) {
    throw new Error(
      `The package ${name} ${version} (${licence}) has no licence file. Write its terms into scripts/licences/missingTexts.ts.`,
    );
  }
  return { name, version, licence, inside, text };
}
