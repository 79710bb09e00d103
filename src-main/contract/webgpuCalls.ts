import { z } from 'zod';
import { layerSchema } from '#common/network/layerSchema.ts';

const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const count = z.number().int().positive();
const handle = z.number().int().nonnegative();
const done = z.null();

const tensorsSchema = z.array(
  z
    .object({ name: z.string(), shape: z.array(z.number().int().nonnegative()).readonly(), data: floats })
    .refine(({ shape, data }) => shape.reduce((size, side) => size * side, 1) === data.length, {
      message: 'A tensor has as many values as its shape says.',
    }),
);

const batchSchema = z
  .object({
    size: count,
    height: count,
    width: count,
    channels: count,
    images: floats,
    masks: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  })
  .refine(
    ({ size, height, width, channels, images, masks }) =>
      masks.length === size * height * width && images.length === masks.length * channels,
    { message: 'A batch has as many values as its sides say.' },
  );

const sampleSchema = z
  .object({
    width: count,
    height: count,
    channels: count,
    image: floats,
    mask: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  })
  .refine(
    ({ width, height, channels, image, mask }) =>
      mask.length === width * height && image.length === mask.length * channels,
    { message: 'An image has as many values as its sides say.' },
  );

const cropsSchema = z
  .object({
    size: count,
    side: count,
    channels: count,
    crops: z
      .array(
        z.object({
          sample: handle,
          top: z.number().int(),
          left: z.number().int(),
          symmetry: z.number().int().min(0).max(7),
          jitter: z.object({ gamma: z.number(), contrast: z.number(), brightness: z.number() }).nullable(),
        }),
      )
      .readonly(),
    masks: z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional(),
  })
  .refine(({ size, crops }) => crops.length === size, { message: 'A batch has as many crops as it says.' })
  .refine(({ size, side, masks }) => !masks || masks.length === size * side ** 2, {
    message: 'A batch has as many marks as its sides say.',
  });

/** What the browser tells of the GPU that it offers. */
export const webgpuAdapterSchema = z.object({
  /** For people: "apple metal-3", "google swiftshader". */
  name: z.string(),
  /** Computed by the processor: right, and slower than the native engine. */
  software: z.boolean(),
});
export type WebgpuAdapter = z.infer<typeof webgpuAdapterSchema>;

/**
 * The functions of the window that computes on WebGPU, for a job. Both ends check what they receive: the window what it is
 * asked, the job what it is answered. Steps are named by the number that `open` answered.
 */
export const WEBGPU_CALLS = {
  adapter: { payload: z.null(), result: webgpuAdapterSchema },
  open: {
    payload: z.object({
      layers: z.array(layerSchema).min(1),
      weights: tensorsSchema,
      loss: z.object({ foregroundWeight: z.number().positive() }),
      seed: z.number(),
    }),
    result: handle,
  },
  /** One optimisation step; answers the loss before it, which is no number when training has diverged. */
  run: {
    payload: z.object({ step: handle, batch: batchSchema, learningRate: z.number().nonnegative() }),
    result: z.custom<number>((loss) => typeof loss === 'number'),
  },
  /** Keeps an image on the GPU, to cut crops out of it; answers whether there was room. */
  hold: { payload: z.object({ step: handle, index: handle, sample: sampleSchema }), result: z.boolean() },
  /** As `run`, on crops of images that are held. */
  runCrops: {
    payload: z.object({ step: handle, batch: cropsSchema, learningRate: z.number().nonnegative() }),
    result: z.custom<number>((loss) => typeof loss === 'number'),
  },
  predict: {
    payload: z.object({ step: handle, images: floats, size: count, height: count, width: count }),
    result: floats,
  },
  weights: { payload: handle, result: tensorsSchema },
  setWeights: { payload: z.object({ step: handle, tensors: tensorsSchema }), result: done },
  optimizer: { payload: handle, result: tensorsSchema },
  setOptimizer: { payload: z.object({ step: handle, tensors: tensorsSchema }), result: done },
  close: { payload: handle, result: done },
} as const satisfies Readonly<Record<string, { readonly payload: z.ZodType; readonly result: z.ZodType }>>;

export type WebgpuCall = keyof typeof WEBGPU_CALLS;
export type WebgpuPayload<Name extends WebgpuCall> = z.infer<(typeof WEBGPU_CALLS)[Name]['payload']>;
export type WebgpuResult<Name extends WebgpuCall> = z.infer<(typeof WEBGPU_CALLS)[Name]['result']>;

/** Told unasked: the GPU has gone, with the browser's reason. */
export const WEBGPU_LOST = 'webgpu-lost';
