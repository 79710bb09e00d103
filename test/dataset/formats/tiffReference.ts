import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { z } from 'zod';

/** What tifffile made and read: see tiffReference.py. */
export const tiffReference = z
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
