import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentsFingerprint } from '../../src-main/dataset/source/datasetFingerprint.ts';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { folderOf } from './support/folder.ts';
import { zip } from './support/zip.ts';

const root = join(import.meta.dirname, '../../../shared/datasets');

/** Pairs and mean foreground share that the sets' own description states, and the findings that are true of them. */
const sets: [name: string, pairs: number, channels: 1 | 3, findings: string[]][] = [
  ['glas', 16, 3, ['several-mask-kinds']],
  ['melanoma-isic', 26, 3, []],
  ['dic-hela', 42, 1, ['looks-ordered']],
  ['em-membrane', 30, 1, ['looks-ordered']],
  ['retina-drive', 20, 3, []],
  ['ultrasound-nerve', 60, 3, ['mixed-channels', 'several-mask-kinds']],
  ['nuclei-dsb2018', 60, 1, ['several-mask-kinds']],
  ['nuclei-he', 15, 3, ['several-mask-kinds']],
  ['wbc-smear', 60, 3, ['several-mask-kinds']],
  ['chest-xray-lungs', 27, 3, ['grey-as-colour', 'mixed-channels']],
];

describe.skipIf(!existsSync(root))('of the real data sets', () => {
  it.each(sets)(
    '%s: all %i pairs are found, and nothing is said that is not so',
    async (name, pairs, channels, codes) => {
      const { samples, findings } = await examineDataset(await openSource(join(root, name)));
      expect(samples).toHaveLength(pairs);
      expect(Math.max(...samples.map((sample) => sample.channels))).toBe(channels);
      expect(samples.every((sample) => sample.maskReading === 'binary')).toBe(true);
      expect(findings.map((finding) => finding.code).sort()).toEqual(codes);
    },
  );

  it('one packed as .zip has the same fingerprint', async () => {
    const source = await openSource(join(root, 'wbc-smear'));
    const { files } = await source.list();
    const entries = await Promise.all(
      files.map(async ({ path }) => ({ name: `wbc/${path}`, data: await readFile(join(source.root, path)) })),
    );
    const packed = join(await folderOf({}), 'wbc.zip');
    await writeFile(packed, zip(entries));
    const archive = await openSource(packed);
    const [fromZip, fromFolder] = [await examineDataset(archive), await examineDataset(source)];
    await archive.close();
    expect(contentsFingerprint(fromZip.samples)).toBe(contentsFingerprint(fromFolder.samples));
  });
});
