import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparationOf } from '#common/preparation/preparation.ts';
import { cardMetadata } from '#common/use/networkCard.ts';
import { decodeImage } from '../../../src-main/dataset/decoding/decodeImage.ts';
import { resampleRows } from '../../../src-main/dataset/working/resampleRows.ts';
import { workingSize } from '../../../src-main/dataset/working/workingSize.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { standardise } from '../../../src-main/training/standardise.ts';
import type { ExportedNetwork } from '../../../src-main/export/exportedNetwork.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { scriptText } from '../../../src-main/export/guide/scriptText.ts';
import { networkToOnnx } from '../../../src-main/export/onnx/networkToOnnx.ts';
import { segmentRaster } from '../../../src-main/use/segmentRaster.ts';
import { stepOrder } from '../../engine/compiled/stepOrder.ts';
import { sampleCard } from '../sampleCard.ts';

/** A Python that has numpy, pillow, tifffile and onnxruntime: without one the script cannot be run. */
const PYTHON = process.env['CCNET_PYTHON'];
const WORKING_SIDE = 64;

const pattern = (x: number, y: number, c: number): number =>
  0.5 + 0.3 * Math.sin(x / 9 + c) * Math.cos(y / 11) + 0.1 * Math.sin(y / 4);

/** A narrow network that has learnt to find the bright parts of the pattern. */
function brightParts(channels: 1 | 3): ExportedNetwork {
  const layers = describeNetwork({ family: 'unet', width: 4, channels, classes: 2, factor: 1 });
  const step = new CompiledStep(stepOrder(layers, { seed: 3 }));
  const pixels = WORKING_SIDE ** 2;
  for (let round = 0; round < 60; round++) {
    const images = new Float32Array(2 * pixels * channels);
    const masks = new Uint8Array(2 * pixels);
    for (let slot = 0; slot < 2; slot++) {
      const shift = 17 * round + 31 * slot;
      const image = Float32Array.from({ length: pixels * channels }, (_, at) => {
        const pixel = Math.floor(at / channels);
        return pattern(
          (pixel % WORKING_SIDE) + shift,
          Math.floor(pixel / WORKING_SIDE) + shift,
          at % channels,
        );
      });
      for (let pixel = 0; pixel < pixels; pixel++) {
        masks[slot * pixels + pixel] = (image[pixel * channels] ?? 0) > 0.55 ? 1 : 0;
      }
      images.set(standardise(image, channels), slot * pixels * channels);
    }
    step.run({ size: 2, height: WORKING_SIDE, width: WORKING_SIDE, channels, images, masks }, 1e-2);
  }
  const weights = step.weights();
  step.dispose();
  return { name: 'unet', layers, weights };
}

const cases = [
  { name: '8-bit grey', file: 'grey.png', channels: 1, width: 150, height: 110, full: 255 },
  { name: '16-bit grey with hot pixels', file: 'deep.tif', channels: 1, width: 90, height: 120, full: 900 },
  { name: '16-bit grey that is enlarged', file: 'small.tif', channels: 1, width: 40, height: 52, full: 900 },
  { name: '8-bit colour', file: 'colour.png', channels: 3, width: 200, height: 96, full: 255 },
] as const;

describe.skipIf(PYTHON === undefined).each(cases)('segment.py on $name', (kind) => {
  it('finds what the product finds', async () => {
    const { channels, width, height, full, file } = kind;
    const folder = mkdtempSync(join(tmpdir(), 'ccnet-script-'));
    const values = Array.from({ length: width * height * channels }, (_, at) => {
      const pixel = Math.floor(at / channels);
      return full * pattern(pixel % width, Math.floor(pixel / width), at % channels);
    });
    const deep = full > 255;
    if (deep) for (const at of [700, 1500, 1900]) values[at] = 60_000;
    const data = deep ? Uint16Array.from(values) : Uint8Array.from(values);
    const image = sharp(data, { raw: { width, height, channels } });
    await (deep ? image.toColourspace('grey16').tiff({ compression: 'deflate' }) : image.png()).toFile(
      join(folder, file),
    );
    const network = brightParts(channels);
    const preparation = preparationOf({ channels }, WORKING_SIDE);
    const metadata = cardMetadata(sampleCard({ preparation }));
    const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata };
    writeFileSync(join(folder, 'net.onnx'), networkToOnnx(network, about));
    writeFileSync(join(folder, 'segment.py'), await scriptText('segment.py'));
    execFileSync(PYTHON ?? '', ['segment.py', 'net.onnx', file, '--out', 'masks'], { cwd: folder });
    const mask = await sharp(join(folder, 'masks', `${file.split('.')[0] ?? ''}_mask.png`))
      .toColourspace('b-w')
      .raw()
      .toBuffer();

    const step = new CompiledStep(stepOrder(network.layers));
    step.setWeights(network.weights);
    const raster = await decodeImage(readFileSync(join(folder, file)), 0, file);
    const size = workingSize(width, height, WORKING_SIDE);
    const predict = async (...args: Parameters<CompiledStep['predict']>) => step.predict(...args);
    const { values: working } = await segmentRaster({ predict }, raster, size, channels);
    step.dispose();
    let [both, one, found] = [0, 0, 0];
    resampleRows(working, size, raster, (row, y, unit) => {
      for (let x = 0; x < width; x++) {
        const ours = (row[x] ?? 0) / unit > preparation.threshold;
        const theirs = mask[y * width + x] === 255;
        both += Number(ours && theirs);
        one += Number(ours) + Number(theirs);
        found += Number(ours);
      }
    });
    expect(mask).toHaveLength(width * height);
    expect(found).toBeGreaterThan(0.05 * width * height);
    expect(found).toBeLessThan(0.95 * width * height);
    expect((2 * both) / one).toBeGreaterThan(0.985);
  });
});
