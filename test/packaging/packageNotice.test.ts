import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { containedNotices } from '../../scripts/licences/containedNotices.ts';
import { installedPackage } from '../../scripts/licences/installedPackage.ts';
import { packageNotice } from '../../scripts/licences/packageNotice.ts';
import { standardText } from '../../scripts/licences/standardText.ts';
import { root } from '../../scripts/packaging/packHere.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ccnet-terms-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function installed(files: Readonly<Record<string, string>>, name = 'thing'): string {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '2.1.0', license: 'MIT' }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return relative(root, folder);
}

describe('the notice of a package', () => {
  it('holds all of its licence files, whatever they are called', () => {
    const files = {
      'LICENCE.md': 'Terms.',
      NOTICE: 'Thanks.',
      'ThirdPartyNotices.txt': 'Others.',
      'readme.md': 'No.',
    };
    expect(packageNotice(installed(files))).toEqual({
      name: 'thing',
      version: '2.1.0',
      licence: 'MIT',
      inside: null,
      text: 'Terms.\n\nThanks.\n\nOthers.',
    });
  });

  it('fails without a file or terms that somebody wrote down, and says where they go', () => {
    expect(() => packageNotice(installed({}))).toThrow(
      'The package thing 2.1.0 (MIT) has no licence file. Write its terms into scripts/licences/missingTexts.ts.',
    );
  });

  it('is the written terms for a package whose authors put no file into it', () => {
    const { text } = packageNotice(installed({}, 'seedrandom'));
    expect(text).toContain('Copyright 2019 David Bau.');
    expect(text).toContain('Permission is hereby granted, free of charge');
    expect(text).not.toMatch(/<[^>]*(year|holder)/i);
  });
});

describe('a build of libvips', () => {
  const name = '@img/sharp-libvips-linux-x64';
  const list = (...rows: string[]): string => {
    const table = ['| Library | Used under the terms of |', '|---------|------------|', ...rows].join('\n');
    return installed({ 'README.md': table, 'versions.json': '{ "vips": "8.1.2" }' }, name);
  };
  const notices = (path: string): ReturnType<typeof containedNotices> =>
    containedNotices(installedPackage(path));

  it('is listed library by library, with the whole LGPL and the GPL that it builds on', () => {
    const [libvips, png] = notices(list('| libvips | LGPLv3 |', '| libpng | [libpng License](x) |'));
    expect(libvips).toMatchObject({
      name: 'libvips',
      version: '8.1.2',
      licence: 'LGPL-3.0-or-later',
      inside: name,
    });
    expect(libvips?.text).toMatch(/GNU LESSER GENERAL PUBLIC LICENSE[^]*GNU GENERAL PUBLIC LICENSE/);
    expect(png).toMatchObject({ name: 'libpng', licence: 'libpng-2.0' });
  });

  it('fails with a library or licence that nobody wrote down yet, and when the list is gone', () => {
    expect(() => notices(list('| newlib | MIT License |'))).toThrow(/contains newlib under "MIT License"/);
    expect(() => notices(list('| libpng | Secret License |'))).toThrow(
      /contains libpng under "Secret License"/,
    );
    expect(() => notices(list())).toThrow(/does not list the libraries in it any more/);
  });
});

describe('a standard text', () => {
  it('names the holders in the place of the placeholders', () => {
    const text = standardText(['BSD-3-Clause'], ['Copyright (c) 2020 Somebody']);
    expect(text.startsWith('Copyright (c) 2020 Somebody\n\nRedistribution and use')).toBe(true);
    expect(text).not.toContain('<year>');
  });

  it('fails for a licence that is not in the list', () => {
    expect(() => standardText(['BSD-9'], [])).toThrow('"BSD-9" is no licence of the SPDX list.');
  });
});
