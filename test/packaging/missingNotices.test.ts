import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '#common/licences/notice.ts';
import { noticesText } from '../../scripts/licences/noticesText.ts';
import { missingNotices } from '../../scripts/packaging/missingNotices.ts';

const notice = (name: string, text: string): Notice => ({
  name,
  version: '1.0.0',
  licence: 'MIT',
  inside: null,
  text,
});
const NOTICES = [
  notice('us', 'Ours.'),
  notice('sharp', 'Terms of sharp.'),
  notice('@scope/inner', 'Inner terms.'),
];
const PACKAGES = ['sharp', 'sharp/node_modules/@scope/inner'];

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ccnet-notices-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A program's folder as electron-builder leaves it: these packages in the archive, these notices. */
async function packed(packages: readonly string[], notices: readonly Notice[]): Promise<void> {
  for (const path of packages) {
    const name = path.replace(/^.*node_modules\//, '');
    write(`app/node_modules/${path}/package.json`, JSON.stringify({ name, version: '1.0.0' }));
  }
  write('app/node_modules/sharp/esm/package.json', '{ "type": "module" }');
  write('app/dist/licences.json', JSON.stringify(notices));
  write('resources/LICENSE.txt', 'Ours.');
  write('resources/THIRD-PARTY-NOTICES.txt', noticesText(notices));
  write('LICENSE.electron.txt', "Electron's.");
  write('LICENSES.chromium.html', "Chromium's.");
  await createPackage(join(folder, 'app'), join(folder, 'resources/app.asar'));
}
const missing = (): string[] => missingNotices(join(folder, 'resources'), folder);

describe('a package of the program', () => {
  it('says whose work is in it', async () => {
    await packed(PACKAGES, NOTICES);
    expect(missing()).toEqual([]);
  });

  it('fails with a package in it that has no notice, also inside another one', async () => {
    await packed([...PACKAGES, 'yauzl'], NOTICES.slice(0, 2));
    expect(missing()).toEqual([
      'There is no notice of @scope/inner 1.0.0, which is in the package.',
      'There is no notice of yauzl 1.0.0, which is in the package.',
    ]);
  });

  it('fails with a notice of another version', async () => {
    await packed(PACKAGES, [
      ...NOTICES.slice(0, 2),
      { ...notice('@scope/inner', 'Inner terms.'), version: '2.0.0' },
    ]);
    expect(missing()).toEqual(['There is no notice of @scope/inner 1.0.0, which is in the package.']);
  });

  it('fails when the text for people lacks terms that the program shows', async () => {
    await packed(PACKAGES, NOTICES);
    write('resources/THIRD-PARTY-NOTICES.txt', noticesText(NOTICES.slice(0, 2)));
    expect(missing()).toEqual(['THIRD-PARTY-NOTICES.txt lacks the terms of @scope/inner.']);
  });

  it.each([
    'resources/LICENSE.txt',
    'resources/THIRD-PARTY-NOTICES.txt',
    'LICENSE.electron.txt',
    'LICENSES.chromium.html',
  ])('fails without %s, or with an empty one', async (path) => {
    await packed(PACKAGES, NOTICES);
    write(path, '');
    expect(missing()).toContain(`${join(folder, path)} is missing.`);
    rmSync(join(folder, path));
    expect(missing()).toContain(`${join(folder, path)} is missing.`);
  });
});
