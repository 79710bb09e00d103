// Peak memory of examining and loading a large data set, which must depend on the batch and not on the number of images.
//
//   node bench/datasetMemory.ts [--count 5000] [--side 1024] [--different 24] [--limit-mib 2048]
//
// Writes `count` RGB image/mask pairs to a temporary folder, of which `different` are drawn and the others copied: every
// file is read and decoded all the same, as nothing is cached.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { examineDataset } from '../src-main/dataset/doctor/examineDataset.ts';
import { openSource } from '../src-main/dataset/source/openSource.ts';
import { sampleSource } from '../src-main/dataset/working/sampleSource.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    side: { type: 'string', default: '1024' },
    different: { type: 'string', default: '24' },
    'limit-mib': { type: 'string', default: '2048' },
  },
});
const count = Number(values.count);
const side = Number(values.side);
const different = Math.min(count, Number(values.different));
const limit = Number(values['limit-mib']);

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);
let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);

async function draw(folder: string, index: number): Promise<void> {
  const image = new Uint8Array(side * side * 3);
  const mask = new Uint8Array(side * side);
  for (let pixel = 0; pixel < mask.length; pixel += 1) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const inside = Math.hypot((x % 128) - 64, (y % 128) - 64) < 30 + index;
    mask[pixel] = inside ? 255 : 0;
    const noise = (Math.imul(pixel + index * 7919, 2_654_435_761) >>> 24) & 31;
    for (let channel = 0; channel < 3; channel += 1)
      image[pixel * 3 + channel] = (inside ? 60 : 160) + noise + channel * 9;
  }
  const raw = { width: side, height: side };
  await writeFile(
    join(folder, `images/${index}.png`),
    await sharp(image, { raw: { ...raw, channels: 3 } })
      .png()
      .toBuffer(),
  );
  await writeFile(
    join(folder, `masks/${index}.png`),
    await sharp(mask, { raw: { ...raw, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer(),
  );
}

const folder = await mkdtemp(join(tmpdir(), 'ccnet-memory-'));
try {
  await mkdir(join(folder, 'images'));
  await mkdir(join(folder, 'masks'));
  for (let index = 0; index < different; index += 1) await draw(folder, index);
  for (let index = different; index < count; index += 1) {
    await copyFile(join(folder, `images/${index % different}.png`), join(folder, `images/${index}.png`));
    await copyFile(join(folder, `masks/${index % different}.png`), join(folder, `masks/${index}.png`));
  }
  global.gc?.();
  const before = process.memoryUsage.rss();
  peak = before;
  const source = await openSource(folder);
  const started = performance.now();
  const { samples } = await examineDataset(source, {
    onProgress: ({ done }) => {
      if (done % 250 === 0)
        console.log(`${done} examined, resident ${mebibytes(process.memoryUsage.rss())} MiB`);
    },
  });
  const examineSeconds = (performance.now() - started) / 1000;
  const examinePeak = peak;
  console.log(
    `examined ${samples.length} of ${side} x ${side}: ${(count / examineSeconds).toFixed(1)} images/s, peak ${mebibytes(examinePeak)} MiB (${mebibytes(before)} before)`,
  );

  peak = process.memoryUsage.rss();
  const loaded = sampleSource(source, samples, { workingSide: 256 });
  const loadStarted = performance.now();
  const loads = Math.min(count, 200);
  for (let index = 0; index < loads; index += 1) await loaded.load(index);
  const loadSeconds = (performance.now() - loadStarted) / 1000;
  console.log(
    `loaded ${loads} at working side 256: ${(loads / loadSeconds).toFixed(1)} images/s, peak ${mebibytes(peak)} MiB`,
  );
  // What the system saw, drawing included: sampled values can miss a short peak.
  const worst = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `highest resident size ever: ${worst} MiB, ${worst <= limit ? 'within' : 'ABOVE'} ${limit} MiB`,
  );
  if (worst > limit) process.exitCode = 1;
} finally {
  clearInterval(watch);
  await rm(folder, { recursive: true, force: true });
}
