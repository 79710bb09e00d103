import { describe, expect, it } from 'vitest';
import { examineDataset } from '../../../src-main/dataset/doctor/examineDataset.ts';
import { decodePair, openPair } from '../../../src-main/dataset/pairing/pairFiles.ts';
import { openSource } from '../../../src-main/dataset/source/openSource.ts';
import { folderOf } from '../support/folder.ts';
import { reference } from './reference.ts';

const SIDE = 32;

const unpacked = (bits: Buffer): number[] =>
  Array.from({ length: SIDE * SIDE }, (_, index) => ((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1);

/** Slices under names that say nothing, as scanners give them. */
async function seriesFolder(patients: (typeof reference)['segmentation']): Promise<string> {
  const files: Record<string, Buffer> = {};
  patients.forEach(({ annotation, slices }, patient) => {
    files[`export/${patient}/annotation.dcm`] = annotation;
    slices.forEach(({ bytes }, slice) => {
      files[`export/${patient}/1.2.${9 - slice}`] = bytes;
    });
  });
  return folderOf(files);
}

describe.each([
  ['a DICOM segmentation', reference.segmentation, 'outlines of DICOM segmentation', ['organ', 'tumour']],
  ['a radiotherapy structure set', reference.structures, 'outlines of radiotherapy structures', ['Leber ä']],
] as const)('%s', (_name, patients, convention, names) => {
  it('marks on every slice of its series what it draws there, and nothing on the others', async () => {
    const source = await openSource(await seriesFolder(patients));
    const examination = await examineDataset(source);
    expect(examination.convention).toBe(convention);
    expect(examination.reading.masks.names).toEqual(names);
    expect(examination.samples).toHaveLength(9);
    for (const sample of examination.samples) {
      const [, patient, slice] = /export\/(\d)\/1\.2\.(\d)/.exec(sample.image) ?? [];
      const expected = patients[Number(patient)]?.slices[9 - Number(slice)];
      if (!expected) throw new Error(sample.image);
      const files = await openPair(source, sample, examination.reading);
      const { mask } = await decodePair(files, sample.page, examination.reading);
      expect(Array.from(mask.foreground)).toEqual(unpacked(expected.mask));
    }
  });

  it('orders slices by their place and names them without a word of the patient', async () => {
    const source = await openSource(await seriesFolder(patients));
    const { samples, findings } = await examineDataset(source);
    expect(samples.slice(0, 4).map(({ name, group }) => [name, group])).toEqual([
      ['series1_001', 'patient 1'],
      ['series1_002', 'patient 1'],
      ['series1_003', 'patient 1'],
      ['series2_001', 'patient 2'],
    ]);
    // They were stored from the top down.
    expect(samples[0]?.image).toMatch(/1\.2\.7$/);
    expect(JSON.stringify([samples, findings])).not.toMatch(/secret/i);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

it('one class of a segmentation is chosen by its name, and a name that there is not lists those that there are', async () => {
  const source = await openSource(await seriesFolder(reference.segmentation));
  const all = await examineDataset(source);
  const one = await examineDataset(source, { choices: { classNames: ['Organ'] } });
  const share = (samples: typeof all.samples): number =>
    samples.reduce((sum, { foreground }) => sum + foreground, 0);
  expect(one.reading.masks.foreground).toEqual([1]);
  expect(share(one.samples)).toBeLessThan(share(all.samples) / 2);
  await expect(examineDataset(source, { choices: { classNames: ['liver'] } })).rejects.toMatchObject({
    code: 'class-unknown',
    facts: { known: ['organ', 'tumour'] },
  });
});
