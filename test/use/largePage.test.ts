import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import { largeImage } from '../../src-main/use/largeImage.ts';
import { type PageOptions, segmentLargePage, segmentWholePage } from '../../src-main/use/segmentPage.ts';
import { preparationOf } from '#common/preparation/preparation.ts';
import { stepOrder } from '../engine/compiled/stepOrder.ts';
import { sampleCard } from '../export/sampleCard.ts';
import { trainedNetwork } from '../export/trainedNetwork.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const options: PageOptions = {
  threshold: 0.5,
  scale: 'training',
  probability: true,
  picture: 0,
  onPart: () => undefined,
};

test.each([
  { channels: 1, deep: true, file: 'a.tif', side: 900, median: 600 },
  { channels: 3, deep: false, file: 'a.png', side: 300, median: 200 },
  { channels: 3, deep: false, file: 'b.tif', side: 1000, median: 700 },
  { channels: 1, deep: true, file: 'grows.tif', side: 400, median: 300 },
  { channels: 3, deep: false, file: 'grows.png', side: 400, median: 300 },
] as const)('an image in bands gives what it gives whole: $file, $channels channels', async (kind) => {
  const { channels, deep, file, side, median } = kind;
  const folder = temporaryFolder();
  const [width, height] = [side, side + 77];
  const values = Array.from({ length: width * height * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (deep ? 700 : 120) * (1 + 0.6 * Math.sin(x / 13 + (at % channels)) * Math.cos(y / 17));
  });
  const data = deep ? Uint16Array.from(values) : Uint8Array.from(values);
  const image = sharp(data, { raw: { width, height, channels } });
  const path = join(folder, file);
  if (deep) await image.toColourspace('grey16').tiff({ compression: 'deflate' }).toFile(path);
  else await (file.endsWith('png') ? image.png() : image.tiff()).toFile(path);

  const { network } = trainedNetwork('unet', channels);
  const step = new CompiledStep(stepOrder(network.layers));
  step.setWeights(network.weights);
  const predictor = {
    predict: async (...args: Parameters<CompiledStep['predict']>) => step.predict(...args),
  };
  const base = sampleCard();
  const card = sampleCard({
    network: { ...base.network, channels },
    preparation: preparationOf({ channels }, 512),
    training: { ...base.training, side: { low: median, median, high: median } },
  });
  const whole = await segmentWholePage(
    predictor,
    card,
    { path: file, bytes: readFileSync(path), page: 0 },
    null,
    options,
  );
  const found = await largeImage(path, 0);
  if (!found) throw new Error('The image should be one that is read in bands.');
  const parts: number[] = [];
  const large = await segmentLargePage(predictor, card, found, null, folder, {
    ...options,
    onPart: (part) => parts.push(part),
  });
  step.dispose();

  // More than one tile each way, or the tiles were not tried.
  expect(large.size.width * large.size.height).toBeGreaterThan(640 * 640);
  expect(large.size).toEqual(whole.size);
  let unlike = 0;
  whole.sink.mask.forEach((value, at) => (unlike += value === large.sink.mask[at] ? 0 : 1));
  expect(unlike / whole.sink.mask.length).toBeLessThan(1e-3);
  expect(new Set(whole.sink.mask).size).toBe(2);
  expect(parts.at(-1)).toBeCloseTo(1, 9);
  expect(parts).toEqual([...parts].sort((a, b) => a - b));
  // Nothing is left of what was kept on disk.
  expect(readdirSync(folder)).toEqual([file]);
  expect(existsSync(path)).toBe(true);
});

test('what cannot be read in bands is said so', async () => {
  const folder = temporaryFolder();
  const raw = { width: 8, height: 8, channels: 4 as const };
  const clear = join(folder, 'clear.png');
  await sharp(new Uint8Array(256).fill(100), { raw }).png().toFile(clear);
  expect(await largeImage(clear, 0)).toBeNull();
  expect(await largeImage(join(folder, 'gone.tif'), 0)).toBeNull();
});

test('an image that a network would see at a size beyond all bounds is refused before memory is taken', async () => {
  const base = sampleCard();
  const card = sampleCard({
    preparation: preparationOf(base.network, 512),
    training: { ...base.training, side: { low: 1, median: 1, high: 1 } },
  });
  const bytes = await sharp(new Uint8Array(300 * 400), { raw: { width: 300, height: 400, channels: 1 } })
    .png()
    .toBuffer();
  const predictor = { predict: () => Promise.reject(new Error('Nothing is predicted.')) };
  const file = { path: 'small.png', bytes, page: 0 };
  await expect(
    segmentWholePage(predictor, card, file, null, { ...options, scale: 'training' }),
  ).rejects.toThrow('small.png has 300 x 400 pixels and would be shown to this network at 153600 x 204800');
});
