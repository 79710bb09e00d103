import { describe, expect, it } from 'vitest';
import { comparePlaces } from '../../../src-main/dataset/decoding/nifti/comparePlaces.ts';
import type { Affine } from '../../../src-main/dataset/decoding/nifti/niftiHeader.ts';
import { examineDataset } from '../../../src-main/dataset/doctor/examineDataset.ts';
import { openSource } from '../../../src-main/dataset/source/openSource.ts';
import { folderOf } from '../support/folder.ts';
import { niftiOf } from '../support/niftiOf.ts';
import { photoPixels } from '../support/pictures.ts';

const SIZE = [64, 64, 3] as const;

/** Voxels of 2 x 2 x 5 mm along the axes of the body, or against them; `origin` is the place of the first one. */
const along = (
  signs: readonly [number, number, number],
  origin: readonly [number, number, number],
): Affine => [
  [2 * signs[0], 0, 0, origin[0]],
  [0, 2 * signs[1], 0, origin[1]],
  [0, 0, 5 * signs[2], origin[2]],
];
const image = along([-1, -1, 1], [50, 60, 0]);
const identity: Affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
];

describe('a mask of a volume lies on it', () => {
  it.each([
    ['as the image does', image, true, 'same'],
    ['but for rounding', along([-1, -1, 1], [50.4, 60, 0]), true, 'same'],
    ['stored from the other end, and says so', along([1, 1, -1], [50 - 126, 60 - 126, 10]), true, 'same'],
    ['with an origin of its own', along([-1, -1, 1], [80, 60, 0]), true, 'shifted'],
    ['without a word of its place, stored alike', along([-1, -1, 1], [0, 0, 0]), false, 'same'],
    ['with the header that is written when none is given', identity, true, 'turned'],
    ['without a word of its place, stored from the other end', along([-1, 1, 1], [0, 0, 0]), false, 'turned'],
    [
      'stored from the other end with the image\u2019s origin',
      along([-1, -1, -1], [50, 60, 0]),
      true,
      'turned',
    ],
  ] as const)('%s', (_name, affine, isPlaced, relation) => {
    const place = comparePlaces(
      { affine: image, size: SIZE, isPlaced: true },
      { affine, size: SIZE, isPlaced },
    );
    expect(place.relation).toBe(relation);
  });

  it('also with its dimensions in another order', () => {
    const [x, y, z] = image;
    const turned: Affine = [
      [x[2], x[0], x[1], x[3]],
      [y[2], y[0], y[1], y[3]],
      [z[2], z[0], z[1], z[3]],
    ];
    const place = comparePlaces(
      { affine: image, size: SIZE, isPlaced: true },
      { affine: turned, size: [3, 64, 64], isPlaced: true },
    );
    expect(place.relation).toBe('same');
  });
});

describe('a set of volumes', () => {
  const files = (affine: Affine): Record<string, Buffer> =>
    Object.fromEntries(
      [1, 2, 3].flatMap((seed) => {
        const pixels = photoPixels(seed, SIZE[0], SIZE[1] * SIZE[2]);
        return [
          [`images/v${seed}.nii`, niftiOf(SIZE, image, (voxel) => pixels[voxel] ?? 0)],
          [`masks/v${seed}.nii`, niftiOf(SIZE, affine, (voxel) => (voxel % 64 < 9 ? 1 : 0))],
        ];
      }),
    );

  it('whose masks have lost their headers is refused, and never mirrored', async () => {
    const source = await openSource(await folderOf(files(identity)));
    await expect(examineDataset(source)).rejects.toMatchObject({
      facts: {
        findings: expect.arrayContaining([
          expect.objectContaining({
            file: 'masks/v1.nii',
            problem: expect.stringContaining('run another way') as string,
          }),
        ]) as unknown,
      },
    });
  });

  it('whose masks lie elsewhere by their headers is taken voxel for voxel, and told', async () => {
    const source = await openSource(await folderOf(files(along([-1, -1, 1], [80, 60, 0]))));
    const { samples, findings } = await examineDataset(source);
    expect(samples).toHaveLength(9);
    expect(findings.filter(({ code }) => code === 'mask-shifted')).toHaveLength(3);
    expect(findings.find(({ code }) => code === 'mask-shifted')?.problem).toContain('30 mm');
  });
});
