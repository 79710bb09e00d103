import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import { openBands } from '../../src-main/use/bandedImage.ts';
import { largeImage } from '../../src-main/use/largeImage.ts';
import { type PageOptions, segmentLargePage, segmentWholePage } from '../../src-main/use/segmentPage.ts';
import { preparationOf } from '#common/preparation/preparation.ts';
import { tiff } from '../dataset/support/tiff.ts';
import { stepOrder } from '../engine/compiled/stepOrder.ts';
import { sampleCard } from '../export/sampleCard.ts';
import { trainedNetwork } from '../export/trainedNetwork.ts';
import { failing } from '../failing.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const options: PageOptions = {
  threshold: 0.5,
  scale: 'training',
  probability: true,
  picture: 0,
  at: 'page',
  onPart: () => undefined,
};

test.each([
  { channels: 1, kind: '16', file: 'a.tif', side: 900, median: 600 },
  { channels: 3, kind: '8', file: 'a.png', side: 300, median: 200 },
  { channels: 3, kind: '8', file: 'b.tif', side: 1000, median: 700 },
  { channels: 1, kind: '16', file: 'grows.tif', side: 400, median: 300 },
  { channels: 3, kind: '8', file: 'grows.png', side: 400, median: 300 },
  { channels: 1, kind: 'float', file: 'float.tif', side: 600, median: 400 },
  { channels: 3, kind: 'float', file: 'colour-float.tif', side: 600, median: 400 },
  { channels: 1, kind: 'float', file: 'float-grows.tif', side: 400, median: 300 },
  { channels: 1, kind: '32', file: 'whole-numbers.tif', side: 600, median: 400 },
  { channels: 1, kind: 'signed', file: 'signed.tif', side: 600, median: 400 },
  { channels: 3, kind: 'double', file: 'colour-double.tif', side: 600, median: 400 },
  { channels: 3, kind: 'clear', file: 'clear.png', side: 600, median: 400 },
  { channels: 3, kind: 'clear', file: 'clear.tif', side: 600, median: 400 },
  { channels: 3, kind: 'clear 16', file: 'deep.png', side: 600, median: 400 },
  { channels: 3, kind: 'palette', file: 'palette.png', side: 600, median: 400 },
] as const)(
  'an image in bands gives what it gives whole: $file, $kind, $channels channels',
  async (image) => {
    const { channels, kind, file, side, median } = image;
    const folder = temporaryFolder();
    const [width, height] = [side, side + 77];
    const path = join(folder, file);
    await writeImage(path, kind, { width, height, channels });

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
    const found = await largeImage(path, 0, 'a');
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
  },
);

type Kind = '8' | '16' | 'float' | '32' | 'signed' | 'double' | 'clear' | 'clear 16' | 'palette';

/** Waves on a ground, as a file of that kind. */
async function writeImage(
  path: string,
  kind: Kind,
  { width, height, channels }: { width: number; height: number; channels: 1 | 3 },
): Promise<void> {
  const wave = (at: number): number => {
    const pixel = Math.floor(at / channels);
    return (
      1 + 0.6 * Math.sin((pixel % width) / 13 + (at % channels)) * Math.cos(Math.floor(pixel / width) / 17)
    );
  };
  const values = Array.from({ length: width * height * channels }, (_, at) => wave(at));
  const scaled = (most: number): number[] => values.map((value) => most * value);
  if (kind === 'float' || kind === '32') {
    const data =
      kind === 'float'
        ? Float32Array.from(values, (value, at) => (at % 9973 === 0 ? Number.NaN : 0.02 * value - 0.01))
        : Uint32Array.from(scaled(70_000));
    writeFileSync(path, tiff([{ width, height, samples: channels, data }]));
    return;
  }
  if (kind === 'signed' || kind === 'double') {
    const data =
      kind === 'signed'
        ? Int16Array.from(scaled(700), (value) => value - 600)
        : Float64Array.from(values, (value, at) => (at % 9973 === 0 ? Number.NaN : 0.02 * value - 0.01));
    writeFileSync(path, tiff([{ width, height, samples: channels, data }]));
    return;
  }
  if (kind === '8' || kind === '16') {
    const data = kind === '16' ? Uint16Array.from(scaled(700)) : Uint8Array.from(scaled(120));
    const image = sharp(data, { raw: { width, height, channels } });
    if (kind === '16') await image.toColourspace('grey16').tiff({ compression: 'deflate' }).toFile(path);
    else await (path.endsWith('png') ? image.png() : image.tiff()).toFile(path);
    return;
  }
  // Wholly clear in places, where resampling with it would lose the colour.
  const deep = kind === 'clear 16';
  const full = deep ? 65_535 : 255;
  const clear = Array.from({ length: width * height * 4 }, (_, at) => {
    const pixel = Math.floor(at / 4);
    if (at % 4 === 3) return kind !== 'palette' && pixel % 50 < 25 ? 0 : full;
    return Math.min(full, (full / 2) * (values[pixel * 3 + (at % 4)] ?? 0));
  });
  const raw = { width, height, channels: 4 as const };
  const image = sharp(deep ? Uint16Array.from(clear) : Uint8Array.from(clear), { raw });
  if (path.endsWith('tif')) await image.tiff({ compression: 'deflate' }).toFile(path);
  else await (deep ? image.toColourspace('rgb16') : image).png({ palette: kind === 'palette' }).toFile(path);
}

test('a file that is cut off is called damaged, and no copy of it stays', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'cut.png');
  await writeImage(path, 'clear', { width: 400, height: 400, channels: 3 });
  writeFileSync(path, readFileSync(path).subarray(0, 20_000));
  const found = await largeImage(path, 0, 'a');
  if (!found) throw new Error('Its header is whole.');
  await expect(openBands(found, join(folder, 'plain'), () => undefined)).rejects.toThrow(
    failing('image-damaged'),
  );
  expect(readdirSync(folder)).toEqual(['cut.png']);
});

test('what cannot be read in bands is said so', async () => {
  const folder = temporaryFolder();
  const film = join(folder, 'film.gif');
  await sharp(new Uint8Array(192).fill(100), { raw: { width: 8, height: 8, channels: 3 } })
    .gif()
    .toFile(film);
  expect(await largeImage(film, 0, 'film.gif')).toBeNull();
  expect(await largeImage(join(folder, 'gone.tif'), 0, 'gone.tif')).toBeNull();
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
