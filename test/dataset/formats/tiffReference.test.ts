import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeImage, decodeMask } from '../../../src-main/dataset/decoding/decodeImage.ts';
import { digest } from './reference.ts';

/** What tifffile made and read: see tiffReference.py. */
const files = z
  .array(
    z.object({
      name: z.string(),
      bytes: z.string().transform((text) => inflateSync(Buffer.from(text, 'base64'))),
      channels: z.number(),
      mask: z.boolean(),
      values: z.string(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'tiffReference.json'), 'utf8')));

describe('a TIFF has the values that tifffile reads', () => {
  it.each(files.map((file) => [file.name, file] as const))('%s', async (_name, file) => {
    const mask = (await decodeMask(file.bytes, 0, 'x.tif')).raster;
    expect(mask.channels).toBe(file.channels);
    expect(digest(mask.data)).toBe(file.values);
    if (!file.mask) expect(digest((await decodeImage(file.bytes, 0, 'x.tif')).data)).toBe(file.values);
  });
});
