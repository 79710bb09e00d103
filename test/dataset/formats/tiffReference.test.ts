import { describe, expect, it } from 'vitest';
import { decodeImage, decodeMask } from '../../../src-main/dataset/decoding/decodeImage.ts';
import { digest } from './reference.ts';
import { tiffReference } from './tiffReference.ts';

describe('a TIFF has the values that tifffile reads', () => {
  it.each(tiffReference.map((file) => [file.name, file] as const))('%s', async (_name, file) => {
    const mask = (await decodeMask(file.bytes, 0, 'x.tif')).raster;
    expect(mask.channels).toBe(file.channels);
    expect(digest(mask.data)).toBe(file.values);
    if (!file.mask) expect(digest((await decodeImage(file.bytes, 0, 'x.tif')).data)).toBe(file.values);
  });
});
