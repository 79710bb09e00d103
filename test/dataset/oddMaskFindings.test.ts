import { describe, expect, it } from 'vitest';
import { oddMaskFindings } from '../../src-main/dataset/doctor/oddMaskFindings.ts';

const sample = (index: number, foreground: number, borderMarked = 0, maskHash = `mask ${index}`) => ({
  sample: {
    image: `images/${index}.png`,
    masks: [`masks/${index}.png`],
    foreground,
    imageHash: `image ${index}`,
    maskHash,
  },
  borderMarked,
});
const same = (index: number, change: Partial<ReturnType<typeof sample>['sample']> = {}) => {
  const { sample: own, borderMarked } = sample(index, 0.1, 0, 'same');
  return { sample: { ...own, ...change }, borderMarked };
};
const usual = [0.05, 0.08, 0.11, 0.06, 0.09].map((share, index) => sample(index, share));

describe('masks that are odd beside the others', () => {
  it('one that leaves about as much as the others mark, and no border, may have object and background exchanged', () => {
    expect(oddMaskFindings([...usual, sample(9, 0.92, 1)])).toEqual([
      expect.objectContaining({
        code: 'mask-maybe-exchanged',
        severity: 'warning',
        file: 'masks/9.png',
        problem: 'The mask marks 92 % of its image, and the others mark 5.0 % to 11 % of theirs.',
      }),
    ]);
  });

  it.each([
    ['one that is mostly object, and leaves far more', [...usual, sample(9, 0.6, 1)]],
    ['one of a large object that leaves some of the border', [...usual, sample(9, 0.92, 0.9)]],
    ['masks of which others mark the border too', [...usual, sample(8, 0.3, 0.6), sample(9, 0.92, 1)]],
    ['masks that are too few to tell', [...usual.slice(3), sample(9, 0.92, 1)]],
    ['one that marks nothing or all', [...usual, sample(8, 0), sample(9, 1, 1)]],
    ['several kinds of images', [...usual, ...[7, 8, 9].map((index) => sample(index, 0.92, 1))]],
  ])('%s are no word worth', (_name, samples) => expect(oddMaskFindings(samples)).toEqual([]));

  it('files that mark the very same pixels on several images are told', () => {
    const [found, ...others] = oddMaskFindings([...usual, same(8), same(9)]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      code: 'same-mask',
      problem: '2 images have the very same mask as another image: masks/8.png, masks/9.png.',
    });
  });

  it.each([
    ['slices of a file', [same(8, { masks: ['masks/9.png'] }), same(9)]],
    ['copies of an image', [same(8, { imageHash: 'image 9' }), same(9)]],
    ['empty masks', [same(8, { foreground: 0 }), same(9, { foreground: 0 })]],
  ])('%s may have the same', (_name, samples) => expect(oddMaskFindings([...usual, ...samples])).toEqual([]));
});
