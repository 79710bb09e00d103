import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { z } from 'zod';

const packed = z.string().transform((text) => inflateSync(Buffer.from(text, 'base64')));
const patient = z.object({
  annotation: packed,
  slices: z.array(z.object({ bytes: packed, mask: packed, z: z.number() })),
});

/** What pydicom, highdicom and nibabel made and read: see reference.py. */
export const reference = z
  .object({
    dicom: z.array(
      z.object({
        name: z.string(),
        bytes: packed,
        frames: z.number(),
        width: z.number(),
        height: z.number(),
        values: z.string(),
        window: z.string().optional(),
        /** Of lossy pixels, of which two decoders differ by a step here and there. */
        pixels: packed.optional(),
      }),
    ),
    nifti: z.array(
      z.object({
        name: z.string(),
        bytes: packed,
        volumes: z.number(),
        axes: z.array(
          z.object({
            axis: z.enum(['axial', 'coronal', 'sagittal']),
            slices: z.number(),
            slice: z.number(),
            width: z.number(),
            height: z.number(),
            values: z.string(),
          }),
        ),
      }),
    ),
    annotations: z.array(
      z.object({
        name: z.string(),
        file: z.string(),
        bytes: packed,
        width: z.number(),
        height: z.number(),
        mask: packed,
      }),
    ),
    segmentation: z.array(patient),
    structures: z.array(patient),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'reference.json'), 'utf8')));

/** SHA-256 (hex) over values as 64-bit floats, little endian. */
export function digest(values: ArrayLike<number>): string {
  const bytes = Buffer.alloc(values.length * 8);
  for (let index = 0; index < values.length; index += 1) bytes.writeDoubleLE(values[index] ?? 0, index * 8);
  return createHash('sha256').update(bytes).digest('hex');
}
