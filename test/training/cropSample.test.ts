import { describe, expect, it } from 'vitest';
import { cropSample, drawPlacement, type CropPlacement } from '../../src-main/training/cropSample.ts';
import { Random } from '#common/random.ts';
import type { PreparedSample } from '../../src-main/training/sampleCache.ts';

/** A sample whose every pixel tells where it is; one foreground pixel at (row 5, column 6). */
function numbered(height: number, width: number, channels: number): PreparedSample {
  const image = Float32Array.from({ length: height * width * channels }, (_, i) => i);
  const mask = new Uint8Array(height * width);
  if (height > 5 && width > 6) mask[5 * width + 6] = 1;
  return { name: 'numbered', height, width, channels, image, mask };
}

function crop(sample: PreparedSample, placement: CropPlacement) {
  const images = new Float32Array(placement.side ** 2 * sample.channels);
  const masks = new Uint8Array(placement.side ** 2);
  cropSample(sample, placement, 0, images, masks);
  return { images: [...images], masks: [...masks] };
}

describe('cropSample', () => {
  it('copies image and mask at the place asked for', () => {
    const { images, masks } = crop(numbered(8, 8, 2), { top: 4, left: 5, side: 2, symmetry: 0 });
    expect(images).toEqual([74, 75, 76, 77, 90, 91, 92, 93]);
    expect(masks).toEqual([0, 0, 0, 1]);
  });

  it('shows the eight symmetries of the square, each once', () => {
    const shown = Array.from({ length: 8 }, (_, symmetry) =>
      crop(numbered(3, 3, 1), { top: 0, left: 0, side: 2, symmetry }).images.join(),
    );
    expect(new Set(shown)).toEqual(
      new Set(['0,1,3,4', '1,0,4,3', '3,4,0,1', '4,3,1,0', '0,3,1,4', '3,0,4,1', '1,4,0,3', '4,1,3,0']),
    );
  });

  it('moves the mask with the image', () => {
    const sample = numbered(8, 8, 1);
    for (let symmetry = 0; symmetry < 8; symmetry++) {
      const { images, masks } = crop(sample, { top: 2, left: 3, side: 4, symmetry });
      expect(images[masks.indexOf(1)]).toBe(5 * 8 + 6);
    }
  });

  it('fills by reflection what a small image lacks', () => {
    const { images } = crop(numbered(2, 2, 1), { top: -1, left: -1, side: 4, symmetry: 0 });
    expect(images).toEqual([3, 2, 3, 2, 1, 0, 1, 0, 3, 2, 3, 2, 1, 0, 1, 0]);
  });
});

describe('drawPlacement', () => {
  it('stays inside a larger image and centres on a smaller one', () => {
    const random = Random.fromSeed(4);
    for (let i = 0; i < 200; i++) {
      const { top, left } = drawPlacement(numbered(40, 10, 1), 16, true, random);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(24);
      expect(left).toBe(-3);
    }
  });

  it('shows sparse foreground in at least a third of the crops', () => {
    const sample = numbered(64, 64, 1);
    sample.mask.fill(0);
    for (let row = 40; row < 48; row++) sample.mask.fill(1, row * 64 + 40, row * 64 + 48);
    const random = Random.fromSeed(5);
    let seen = 0;
    for (let i = 0; i < 300; i++) {
      const { masks } = crop(sample, drawPlacement(sample, 16, true, random));
      if (masks.includes(1)) seen += 1;
    }
    expect(seen / 300).toBeGreaterThan(0.33);
  });

  it('never turns when it must not', () => {
    const random = Random.fromSeed(6);
    for (let i = 0; i < 50; i++) expect(drawPlacement(numbered(9, 9, 1), 4, false, random).symmetry).toBe(0);
  });
});
