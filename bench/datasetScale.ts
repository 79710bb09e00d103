// Time and memory of the doctor, of adding a dataset and of measuring its complexity, over the number of its images and over their size: both must grow
// linearly.
//
//   node bench/datasetScale.ts [--counts 2500,5000,10000,20000] [--side 64] [--large 4,8,16] [--width 4000] [--height 3000]
//
// Writes as many different images of --side pixels as --counts says, and as many of --width x --height as --large says, to a temporary folder, and measures each set in a
// process of its own. Times are those of the processor, over all threads, so that a busy machine measures the same. Peak memory is the greatest resident size of that process (getrusage).
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createJob } from '../src-main/jobs/createJob.ts';
import { Project } from '../src-main/project/project.ts';

const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '2500,5000,10000,20000' },
    side: { type: 'string', default: '64' },
    large: { type: 'string', default: '4,8,16' },
    width: { type: 'string', default: '4000' },
    height: { type: 'string', default: '3000' },
    /** Of the process that measures one set. */
    measure: { type: 'string' },
    'working-side': { type: 'string', default: '256' },
  },
});

/** Noise around discs, another for every image. */
async function draw(folder: string, index: number, width: number, height: number): Promise<void> {
  const image = Buffer.alloc(width * height);
  const mask = Buffer.alloc(width * height);
  const step = Math.max(16, Math.round(Math.min(width, height) / 6));
  for (let pixel = 0; pixel < image.length; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const inside =
      Math.hypot(((x + index * 13) % step) - step / 2, ((y + index * 7) % step) - step / 2) < step / 3;
    mask[pixel] = inside ? 255 : 0;
    image[pixel] = (inside ? 60 : 160) + ((Math.imul(pixel + index * 7919, 2_654_435_761) >>> 24) & 31);
  }
  const raw = { width, height, channels: 1 as const };
  const options = { compressionLevel: 1 };
  await writeFile(
    join(folder, `images/${index}.png`),
    await sharp(image, { raw }).toColourspace('b-w').png(options).toBuffer(),
  );
  await writeFile(
    join(folder, `masks/${index}.png`),
    await sharp(mask, { raw }).toColourspace('b-w').png(options).toBuffer(),
  );
}

/** Processor time of all threads: what other programs take counts for nothing. */
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** In a process of its own: the three jobs on a folder. */
async function measure(folder: string): Promise<void> {
  const workingSide = Number(values['working-side']);
  const signal = new AbortController().signal;
  const quiet = (): void => undefined;
  const path = join(folder, 'images', '..');
  const check = await seconds(() =>
    createJob<'check-dataset'>({ kind: 'check-dataset', path }, null).run(signal, quiet),
  );
  const project = Project.create(`${folder}.ccnet`);
  let dataset = 0;
  const request = { kind: 'add-dataset', path, name: 'scale', splitMode: 'hashed' } as const;
  const add = await seconds(async () => {
    dataset = (await createJob<'add-dataset'>(request, project).run(signal, quiet)).id;
  });
  const complexity = await seconds(() =>
    createJob<'measure-complexity'>({ kind: 'measure-complexity', dataset, workingSide }, project).run(
      signal,
      quiet,
    ),
  );
  project.close();
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ check, add, complexity, peak }));
}

async function set(count: number, width: number, height: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ccnet-scale-'));
  try {
    await mkdir(join(folder, 'images'));
    await mkdir(join(folder, 'masks'));
    for (let index = 0; index < count; index += 1) await draw(folder, index, width, height);
    const child = spawnSync(
      process.execPath,
      [
        fileURLToPath(import.meta.url),
        '--measure',
        folder,
        '--working-side',
        String(Math.min(256, width, height)),
      ],
      {
        encoding: 'utf8',
      },
    );
    if (child.status !== 0) throw new Error(child.stderr);
    const { check, add, complexity, peak } = JSON.parse(child.stdout) as Record<
      'check' | 'add' | 'complexity' | 'peak',
      number
    >;
    const each = (total: number): string =>
      `${total.toFixed(1)} s (${((total / count) * 1000).toFixed(2)} ms each)`;
    process.stdout.write(
      `${count} images of ${width} x ${height}: doctor ${each(check)}, add ${each(add)}, complexity ${each(complexity)}, peak ${Math.round(peak)} MiB\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.ccnet`, { force: true });
  }
}

if (values.measure !== undefined) await measure(values.measure);
else {
  const numbers = (text: string): number[] => text.split(',').filter(Boolean).map(Number);
  for (const count of numbers(values.counts)) await set(count, Number(values.side), Number(values.side));
  for (const count of numbers(values.large)) await set(count, Number(values.width), Number(values.height));
}
