/**
 * What resizing does to the masks of real datasets, beside the nearest pixel: node bench/masks.ts [--side 256] FOLDER...
 * For each folder with masks/ (0 and 255): foreground share after / before, and Dice of the mask brought to the working resolution and
 * back against the mask as drawn; at last the processor time of one mask of 4000 x 3000 pixels.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Size } from '../src-main/dataset/working/resampleRows.ts';
import { resizeMask } from '../src-main/dataset/working/resizeMask.ts';
import { workingSize } from '../src-main/dataset/working/workingSize.ts';

const { values, positionals } = parseArgs({
  options: { side: { type: 'string', default: '256' } },
  allowPositionals: true,
});
const side = Number(values.side);

type Resize = (mask: Uint8Array, from: Size, to: Size) => Uint8Array;

const nearest: Resize = (mask, from, to) =>
  Uint8Array.from({ length: to.width * to.height }, (_, i) => {
    const x = Math.floor((((i % to.width) + 0.5) * from.width) / to.width);
    const y = Math.floor(((Math.floor(i / to.width) + 0.5) * from.height) / to.height);
    return mask[y * from.width + x] ?? 0;
  });

const count = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0);
const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

function thereAndBack(mask: Uint8Array, size: Size, resize: Resize): { share: number; dice: number } {
  const to = workingSize(size.width, size.height, side);
  const small = resize(mask, size, to);
  const back = resize(small, to, size);
  const both = back.reduce((sum, value, i) => sum + (value & (mask[i] ?? 0)), 0);
  return {
    share: count(small) / small.length / (count(mask) / mask.length),
    dice: (2 * both) / (count(back) + count(mask)),
  };
}

console.log('dataset'.padEnd(34), 'masks', '  share', ' nearest', '   Dice', ' nearest');
for (const folder of positionals) {
  const rows: { area: { share: number; dice: number }; nearest: { share: number; dice: number } }[] = [];
  for (const name of readdirSync(join(folder, 'masks')).sort()) {
    const { data, info } = await sharp(join(folder, 'masks', name))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const mask = Uint8Array.from(data, (value) => (value > 127 ? 1 : 0));
    if (count(mask) === 0) continue;
    rows.push({
      area: thereAndBack(mask, info, resizeMask),
      nearest: thereAndBack(mask, info, nearest),
    });
  }
  const figure = (kind: 'area' | 'nearest', what: 'share' | 'dice'): string =>
    mean(rows.map((row) => row[kind][what]))
      .toFixed(3)
      .padStart(8);
  console.log(
    basename(folder).padEnd(34),
    String(rows.length).padStart(5),
    figure('area', 'share'),
    figure('nearest', 'share'),
    figure('area', 'dice'),
    figure('nearest', 'dice'),
  );
}

const large = { width: 4000, height: 3000 };
const discs = Uint8Array.from({ length: large.width * large.height }, (_, i) => {
  const [x, y] = [(i % large.width) % 400, Math.floor(i / large.width) % 400];
  return Math.hypot(x - 200, y - 200) < 150 ? 1 : 0;
});
const milliseconds = Array.from({ length: 9 }, () => {
  const before = process.cpuUsage();
  resizeMask(discs, large, workingSize(large.width, large.height, side));
  return process.cpuUsage(before).user / 1000;
}).sort((a, b) => a - b);
console.log(`4000 x 3000: ${milliseconds[4]?.toFixed(0) ?? ''} ms of processor time (median of 9)`);
