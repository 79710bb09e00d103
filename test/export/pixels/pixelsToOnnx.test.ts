import { InferenceSession, Tensor } from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparationOf } from '#common/preparation/preparation.ts';
import { Random } from '#common/random.ts';
import type { Raster } from '../../../src-main/dataset/decoding/raster.ts';
import { resampleRows } from '../../../src-main/dataset/working/resampleRows.ts';
import { workingImage } from '../../../src-main/dataset/working/workingImage.ts';
import { workingSize } from '../../../src-main/dataset/working/workingSize.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { pixelsToOnnx } from '../../../src-main/export/onnx/pixels/pixelsToOnnx.ts';
import { segmentImage } from '../../../src-main/training/segmentImage.ts';
import { standardise } from '../../../src-main/training/standardise.ts';
import { stepOrder } from '../../engine/compiled/stepOrder.ts';
import { trainedNetwork } from '../trainedNetwork.ts';

const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata: {} };

/** A blurred field with structures of several pixels, and hot pixels where the depth is not 8. */
function picture(width: number, height: number, channels: 1 | 3, bitDepth: Raster['bitDepth']): Raster {
  const random = Random.fromSeed(width + height);
  const full = { 8: 200, 16: 900, 32: 0.02 }[bitDepth];
  const values = Array.from({ length: width * height * channels }, (_, at) => {
    const [x, y, c] = [Math.floor(at / channels) % width, Math.floor(at / channels / width), at % channels];
    const wave = Math.sin(x / 7 + c) * Math.cos(y / 9) + 0.3 * Math.sin((x * y) / 300);
    return full * (0.5 + 0.25 * wave + 0.05 * random.uniform());
  });
  if (bitDepth !== 8) for (let hot = 0; hot < 5; hot++) values[random.below(values.length)] = full * 60;
  const data =
    bitDepth === 32
      ? Float32Array.from(values)
      : bitDepth === 8
        ? Uint8Array.from(values)
        : Uint16Array.from(values);
  return {
    width,
    height,
    channels,
    bitDepth,
    data,
    alpha: null,
    orientation: 1,
    greyStoredAsColour: false,
    notFinite: false,
  };
}

const WORKING_SIDE = 64;
/**
 * How far a random network's answer may lie from the product's, in mean probability. VIPS computes in steps of 1/64 of a weight or a pixel and, where an
 * image shrinks fourfold or more, averages blocks first: what is left between the two.
 */
const cases = [
  { bitDepth: 8, channels: 1, width: 150, height: 100, mean: 5e-3 },
  { bitDepth: 8, channels: 3, width: 90, height: 200, mean: 5e-3 },
  { bitDepth: 16, channels: 1, width: 128, height: 128, mean: 1e-3 },
  { bitDepth: 16, channels: 1, width: 40, height: 50, mean: 2e-2 },
  { bitDepth: 32, channels: 1, width: 97, height: 83, mean: 1e-3 },
  { bitDepth: 8, channels: 1, width: 64, height: 64, mean: 1e-6 },
  { bitDepth: 16, channels: 1, width: 300, height: 420, mean: 2e-2 },
] as const;

describe.each(cases)(
  'raw $bitDepth-bit pixels of $channels channels, $width x $height',
  ({ channels, bitDepth, width, height, mean }) => {
    const { network } = trainedNetwork('unet', channels);
    const image = picture(width, height, channels, bitDepth);
    const step = new CompiledStep(stepOrder(network.layers, { seed: 2 }));
    let session: InferenceSession;
    beforeAll(async () => {
      step.setWeights(network.weights);
      session = await InferenceSession.create(
        pixelsToOnnx(network, preparationOf({ channels }, WORKING_SIDE), bitDepth, about),
        { executionProviders: ['wasm'] },
      );
    });
    afterAll(async () => {
      await session.release();
      step.dispose();
    });

    it('are answered as the product answers the file', async () => {
      const planar = Float32Array.from(
        { length: image.data.length },
        (_, at) => image.data[(at % (width * height)) * channels + Math.floor(at / (width * height))] ?? 0,
      );
      const output = await session.run({
        pixels: new Tensor('float32', planar, [1, channels, height, width]),
      });
      const actual = output['probabilities'];
      expect(actual?.dims).toEqual([1, 2, height, width]);
      const size = workingSize(width, height, WORKING_SIDE);
      const prepared = standardise(await workingImage(image, size, channels), channels);
      const working = await segmentImage(
        { predict: async (...args: Parameters<typeof step.predict>) => step.predict(...args) },
        { ...size, channels, image: prepared },
      );
      let total = 0;
      resampleRows(working, size, { width, height }, (row, y, unit) => {
        for (let x = 0; x < width; x++) {
          total += Math.abs((row[x] ?? 0) / unit - Number(actual?.data[width * height + y * width + x]));
        }
      });
      expect(total / (width * height)).toBeLessThan(mean);
    });
  },
);
