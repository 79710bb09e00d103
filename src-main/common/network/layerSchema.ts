import { z } from 'zod';
import type { LayerDescription } from './layerDescription.ts';

const count = z.number().int().positive();
const base = {
  name: z.string().min(1),
  inputs: z.array(z.string()),
  channels: count,
  reduction: z.number().positive(),
};
const convolution = { ...base, kernel: count, inputChannels: count };

/** A layer as it crosses a process border. */
export const layerSchema: z.ZodType<LayerDescription> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('convolution'), ...convolution }),
  z.object({
    kind: z.literal('transposed'),
    ...convolution,
    stride: count,
    initial: z.enum(['heNormal', 'bilinear']),
  }),
  z.object({
    kind: z.literal('batchNorm'),
    ...base,
    epsilon: z.number().positive(),
    momentum: z.number().min(0).max(1),
  }),
  z.object({ kind: z.literal('dropout'), ...base, rate: z.number().min(0).lt(1) }),
  z.object({ kind: z.enum(['input', 'relu', 'maxPool', 'concat', 'add']), ...base }),
]);
