import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  decodeImage,
  decodeMask,
  readImageHeader,
  readPageSize,
} from '../../../src-main/dataset/decoding/decodeImage.ts';
import { digest, reference } from './reference.ts';

describe('DICOM as pydicom reads it', () => {
  it.each(reference.dicom)('$name', async ({ bytes, frames, width, height, values, window, pixels }) => {
    expect(await readImageHeader(bytes, 'x')).toMatchObject({ format: 'dicom', pages: frames });
    const last = frames - 1;
    expect(await readPageSize(bytes, last, 'x')).toMatchObject({ width, height });
    const image = await decodeImage(bytes, last, 'x');
    expect(image).toMatchObject({ width, height });
    if (pixels) {
      const apart = Array.from(image.data, (value, index) => Math.abs(value - (pixels[index] ?? 0)));
      expect(Math.max(...apart)).toBeLessThanOrEqual(1);
      return;
    }
    expect(digest(image.data)).toBe(values);
    if (window === undefined) return;
    const shown = await decodeImage(bytes, last, 'x', { channel: 0, window: { centre: 400, width: 900 } });
    expect(shown.bitDepth).toBe(8);
    expect(digest(shown.data)).toBe(window);
  });

  it('a mask is read by its stored values, whatever a rescaling makes of them', async () => {
    const rescaled = reference.dicom.find(({ name }) => name === 'film');
    if (!rescaled) throw new Error('The film is missing.');
    const [image, mask] = [
      await decodeImage(rescaled.bytes, 0, 'x'),
      await decodeMask(rescaled.bytes, 0, 'x'),
    ];
    expect(Array.from(image.data)).toEqual(Array.from(mask.raster.data, (value) => value * 2 - 1024));
  });

  it('indices of a palette are kept in a mask', async () => {
    const file = reference.dicom.find(({ name }) => name === 'palette');
    if (!file) throw new Error('The palette is missing.');
    const { raster, palette } = await decodeMask(file.bytes, 0, 'x');
    expect(palette).toEqual([0, 0xff0000, 0x00ff00, 0x090807]);
    expect(Math.max(...raster.data)).toBe(3);
  });

  it('a window that no file has is refused by what can be done', async () => {
    const file = reference.dicom[0];
    if (!file) throw new Error('There is no file.');
    await expect(decodeImage(file.bytes, 0, 'x', { channel: 0, window: 'file' })).rejects.toMatchObject({
      code: 'no-window-in-file',
    });
  });

  it('a packing that is not read is named', async () => {
    const file = reference.dicom[0];
    if (!file) throw new Error('There is no file.');
    const mpeg = Buffer.from(
      file.bytes.toString('latin1').replace('1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.9\0'),
      'latin1',
    );
    await expect(decodeImage(mpeg, 0, 'x')).rejects.toMatchObject({ code: 'dicom-packing-unread' });
  });
});

describe('NIfTI as nibabel reads it, turned to left, posterior, superior', () => {
  it.each(reference.nifti)('$name', async ({ bytes, volumes, axes }) => {
    for (const { axis, slices, slice, width, height, values } of axes) {
      const reading = { channel: volumes - 1, axis };
      expect(await readImageHeader(bytes, 'x', reading)).toMatchObject({
        format: 'nifti',
        pages: slices,
        channels: volumes,
      });
      const image = await decodeImage(bytes, slice, 'x', reading);
      expect(image).toMatchObject({ width, height });
      expect(digest(image.data)).toBe(values);
    }
  });

  const packed = reference.nifti.find(({ name }) => name.startsWith('i1'));
  if (!packed) throw new Error('There is no packed volume.');
  const plain = gunzipSync(packed.bytes);

  it('a file that unpacks to more than its header says is refused before the memory is taken', async () => {
    const bomb = gzipSync(Buffer.concat([plain, Buffer.alloc(64 * 1024 ** 2)]));
    await expect(decodeImage(bomb, 0, 'x')).rejects.toMatchObject({
      code: 'image-damaged',
      facts: { reason: 'it unpacks to more than its header says' },
    });
  });

  it('a small file that says it is enormous is refused by its size', async () => {
    const huge = Buffer.from(plain);
    for (const at of [24, 32, 40]) huge.writeBigInt64LE(30_000n, at);
    await expect(readImageHeader(huge, 'x')).rejects.toMatchObject({ code: 'volume-takes-too-much' });
  });

  it('a file whose end is missing is refused', async () => {
    await expect(decodeImage(plain.subarray(0, plain.length - 9), 0, 'x')).rejects.toMatchObject({
      code: 'image-damaged',
    });
    await expect(
      decodeImage(packed.bytes.subarray(0, packed.bytes.length - 20), 0, 'x'),
    ).rejects.toMatchObject({
      code: 'image-damaged',
    });
  });
});
