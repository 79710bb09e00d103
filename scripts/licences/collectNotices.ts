import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '#common/licences/notice.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { root } from '../packaging/packHere.ts';
import { bundledPackages } from './bundledPackages.ts';
import { ADDON, COMPILED_HEADERS, containedNotices } from './containedNotices.ts';
import { productionPackages } from './installedPackage.ts';
import { isPacked } from './isPacked.ts';
import { packageNotice } from './packageNotice.ts';

/**
 * Notices of all that an installation holds: first the program's own terms, then Electron, packages, what is compiled or
 * bundled into something else. Chromium's are not here: Electron brings them as a file of its own.
 * @throws Error naming a package whose terms are unknown
 */
export function collectNotices(): Notice[] {
  const own: Notice = {
    name: 'CC-Net Workstation',
    version: PRODUCT_VERSION,
    licence: 'MIT',
    inside: null,
    text: readFileSync(join(root, 'LICENSE'), 'utf8').trim(),
  };
  const packed = productionPackages().filter(({ folder }) => isPacked(folder));
  const notices = [
    packageNotice('node_modules/electron'),
    ...packed.flatMap((one) => [packageNotice(one.folder), ...containedNotices(one)]),
    ...bundledPackages().map(({ name, inside }) => packageNotice(`node_modules/${name}`, inside)),
    ...COMPILED_HEADERS.map((folder) => packageNotice(folder, ADDON)),
  ];
  // What lies in the installation by itself is not named again as part of a bundle: the terms are the same.
  const known = new Set<string>();
  const once = notices.filter(({ name, version, text }) => {
    const key = JSON.stringify([name, version, text]);
    return !known.has(key) && known.add(key);
  });
  return [own, ...once.sort((a, b) => a.name.localeCompare(b.name, 'en'))];
}
