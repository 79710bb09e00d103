import { describe, expect, it } from 'vitest';
import { examineDataset } from '../../../src-main/dataset/doctor/examineDataset.ts';
import { dicomInfo } from '../../../src-main/dataset/decoding/dicom/dicomInfo.ts';
import { decodePair, openPair } from '../../../src-main/dataset/pairing/pairFiles.ts';
import { openSource } from '../../../src-main/dataset/source/openSource.ts';
import { folderOf } from '../support/folder.ts';
import { niftiOf } from '../support/niftiOf.ts';
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

describe('a NIfTI mask on slices of DICOM', () => {
  type Slices = (typeof reference)['segmentation'][number]['slices'];

  /** NIfTI-1 of the masks of some slices; dimension n of the file runs along `order[n]` (0 across, 1 down, 2 from slice to slice), from its end where `turned`. */
  function masksAsNifti(
    slices: Slices,
    order: readonly number[],
    turned: readonly boolean[],
    shift: readonly [number, number, number] = [0, 0, 0],
  ): Buffer {
    const planes = slices.map(({ bytes }) => dicomInfo(bytes, 'x').planes[0]);
    const [first, second] = planes;
    if (!first?.spacing || !second) throw new Error('The slices lie nowhere.');
    const [rows, columns] = first.spacing;
    const along = [
      first.orientation.slice(0, 3).map((value) => value * columns),
      first.orientation.slice(3).map((value) => value * rows),
      second.position.map((value, axis) => value - (first.position[axis] ?? 0)),
    ];
    const counts = [SIDE, SIDE, slices.length];
    const size = order.map((axis) => counts[axis] ?? 1);
    const origin = [...first.position];
    const steps = order.map((axis, dimension) => {
      const step = along[axis] ?? [];
      if (!turned[dimension]) return step;
      step.forEach((value, part) => {
        origin[part] = (origin[part] ?? 0) + value * ((counts[axis] ?? 1) - 1);
      });
      return step.map((value) => -value);
    });
    // Towards left and posterior there, towards right and anterior here.
    const affine = [-1, -1, 1].map((sign, row) =>
      [...steps.map((step) => step[row] ?? 0), (origin[row] ?? 0) + (shift[row] ?? 0)].map(
        (cell) => sign * cell,
      ),
    );
    const marks = slices.map(({ mask }) => unpacked(mask));
    return niftiOf(size, affine, (voxel) => {
      const place = [0, 0, 0];
      let rest = voxel;
      order.forEach((axis, dimension) => {
        const count = size[dimension] ?? 1;
        const at = rest % count;
        place[axis] = turned[dimension] ? count - 1 - at : at;
        rest = Math.floor(rest / count);
      });
      const [x = 0, y = 0, slice = 0] = place;
      return marks[slice]?.[y * SIDE + x] === 1 ? 3 : 0;
    });
  }

  const examine = async (masks: readonly Buffer[], place: (patient: number) => string) => {
    const files: Record<string, Buffer> = {};
    reference.segmentation.slice(0, masks.length).forEach(({ slices }, patient) => {
      files[place(patient)] = masks[patient] ?? Buffer.alloc(0);
      slices.forEach(({ bytes }, slice) => {
        files[`${patient}/CT/1.2.${9 - slice}`] = bytes;
      });
    });
    const source = await openSource(await folderOf(files));
    return { source, examination: await examineDataset(source) };
  };

  it.each([
    [
      [0, 1, 2],
      [false, false, false],
    ],
    [
      [0, 1, 2],
      [true, true, true],
    ],
    [
      [2, 0, 1],
      [true, false, true],
    ],
    [
      [1, 2, 0],
      [false, true, true],
    ],
  ])('marks the same pixels whichever way it is stored: axes %j, turned %j', async (order, turned) => {
    const masks = reference.segmentation.map(({ slices }) => masksAsNifti(slices, order, turned));
    const { source, examination } = await examine(masks, (patient) => `${patient}/seg.nii`);
    expect(examination.reading.masks.names).toEqual(['label 3']);
    expect(examination.samples).toHaveLength(9);
    for (const sample of examination.samples) {
      const [, patient, slice] = /(\d)\/CT\/1\.2\.(\d)/.exec(sample.image) ?? [];
      const expected = reference.segmentation[Number(patient)]?.slices[9 - Number(slice)];
      if (!expected) throw new Error(sample.image);
      const { mask } = await decodePair(
        await openPair(source, sample, examination.reading),
        sample.page,
        examination.reading,
      );
      expect(Array.from(mask.foreground)).toEqual(unpacked(expected.mask));
    }
  });

  it('is refused where its voxels are not the pixels of a slice', async () => {
    const [patient] = reference.segmentation;
    const masks = patient
      ? [masksAsNifti(patient.slices, [0, 1, 2], [false, false, false], [0.4, 0, 0])]
      : [];
    await expect(examine(masks, () => 'masks/1.nii')).rejects.toMatchObject({
      code: 'nothing-usable',
      facts: {
        findings: expect.arrayContaining([
          expect.objectContaining({
            problem: expect.stringContaining('are the pixels of no DICOM slice') as string,
          }),
        ]) as unknown,
      },
    });
  });

  it('is refused where it lies on slices of two patients, and nothing tells of whom it is', async () => {
    const [patient] = reference.segmentation;
    if (!patient) throw new Error('There is no patient.');
    const mask = masksAsNifti(patient.slices, [0, 1, 2], [false, false, false]);
    const files: Record<string, Buffer> = { 'masks/1.nii': mask };
    for (const [index, { slices }] of reference.segmentation.entries())
      slices.forEach(({ bytes }, slice) => {
        files[`images/${index}/1.2.${slice}`] = bytes;
      });
    await expect(
      openSource(await folderOf(files)).then((source) => examineDataset(source)),
    ).rejects.toMatchObject({
      code: 'nothing-usable',
      facts: {
        findings: expect.arrayContaining([
          expect.objectContaining({
            problem: expect.stringContaining('lies on slices of 3 DICOM series') as string,
          }),
        ]) as unknown,
      },
    });
  });
});
