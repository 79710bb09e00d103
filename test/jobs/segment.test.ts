import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { trainAndStore } from '../../src-main/jobs/training/trainAndStore.ts';
import type { Project } from '../../src-main/project/project.ts';
import { failing } from '../failing.ts';
import { BASE, calibratedLab, RECIPE } from './calibratedLab.ts';

type Request = Omit<RequestOf<'segment'>, 'kind' | 'network' | 'path' | 'out'>;
const HOW: Request = {
  device: 'native',
  threads: 2,
  threshold: null,
  scale: 'auto',
  probabilities: false,
  overlays: false,
};
const quiet = (): void => undefined;
const { signal } = new AbortController();

let project: Project;
let folder: string;
let network: number;
beforeEach(async () => {
  const lab = await calibratedLab();
  ({ project, folder } = lab);
  onTestFinished(() => project.close());
  const { record } = await trainAndStore(
    {
      project,
      dataset: project.datasets.required(lab.dataset),
      network: { ...BASE, channels: 1, classes: 2, factor: 1 / 2 },
      recipe: { ...RECIPE, stepsPerEpoch: 30, epochs: 2 },
      seed: 1,
      fold: null,
      purpose: 'compression',
      engine: await openEngine('native'),
    },
    signal,
    quiet,
  );
  network = record.id;
});

const segment = (path: string, out: string, how: Partial<Request> = {}) =>
  createJob({ kind: 'segment', network, path, out, ...HOW, ...how }, project).run(signal, quiet);

function contentsOf(root: string): Map<string, string> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    paths.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file, createHash('sha256').update(readFileSync(file)).digest('hex')];
    }),
  );
}

describe('segmenting a folder of images', () => {
  it('finds in the test images what testing found, and changes no original', async () => {
    const images = join(folder, 'cells');
    const before = contentsOf(images);
    const result = await segment(images, join(folder, 'out'), { probabilities: true, overlays: true });
    expect(contentsOf(images)).toEqual(before);
    expect(result.pages).toHaveLength(8);
    const { test } = project.networks.byId(network) ?? { test: null };
    for (const { name, dice } of test?.perImage ?? []) {
      const page = result.pages.find(({ image }) => image.endsWith(`${name}.png`));
      expect(page?.dice).toBeCloseTo(dice, 10);
    }
    expect(test?.perImage.length).toBeGreaterThan(0);
    for (const { mask, area, width, height } of result.pages) {
      const raw = await sharp(join(folder, 'out', mask))
        .toColourspace('b-w')
        .raw()
        .toBuffer();
      expect(raw).toHaveLength(width * height);
      expect(raw.filter((value) => value === 255)).toHaveLength(area);
      expect(
        existsSync(join(folder, 'out', mask.replace('masks/', 'overlays/').replace('_mask', '_overlay'))),
      ).toBe(true);
    }
    expect(readFileSync(result.table, 'utf8').trim().split('\r\n')).toHaveLength(9);
    expect(readFileSync(result.summary, 'utf8')).toContain('Mean Dice of the 8 images with a drawn mask');
  });

  it('needs no masks, and goes through the pages of a stack', async () => {
    const images = join(folder, 'new');
    mkdirSync(images);
    const source = join(folder, 'cells', 'images', 'cells-001.png');
    await cp(source, join(images, 'one.png'));
    const page = await sharp(source).toColourspace('b-w').raw().toBuffer();
    const stack = sharp(Buffer.concat([page, page, page]), {
      raw: { width: 64, height: 192, channels: 1, pageHeight: 64 },
    });
    await stack.toColourspace('b-w').tiff({ compression: 'lzw' }).toFile(join(images, 'stack.tif'));
    const { pages } = await segment(images, join(folder, 'out'));
    expect(pages.map(({ image, page: number, mask, dice }) => [image, number, mask, dice])).toEqual([
      ['one.png', null, 'masks/one_mask.png', null],
      ['stack.tif', 1, 'masks/stack_p001_mask.tif', null],
      ['stack.tif', 2, 'masks/stack_p002_mask.tif', null],
      ['stack.tif', 3, 'masks/stack_p003_mask.tif', null],
    ]);
    expect(new Set(pages.map(({ area }) => area)).size).toBe(1);
  });

  it('goes on with the others where one cannot be read, and says which', async () => {
    const images = join(folder, 'new');
    await cp(join(folder, 'cells', 'images'), images, { recursive: true });
    writeFileSync(
      join(images, 'cells-003.png'),
      readFileSync(join(images, 'cells-003.png')).subarray(0, 400),
    );
    const result = await segment(images, join(folder, 'out'));
    expect(result.pages).toHaveLength(7);
    expect(result.failed).toMatchObject([{ image: 'cells-003.png', failure: { code: 'image-damaged' } }]);
    expect(readFileSync(result.summary, 'utf8')).toContain('Not segmented: cells-003.png');
  });

  it('goes on where it was cancelled: what is done is not done again', async () => {
    const images = join(folder, 'cells', 'images');
    const out = join(folder, 'out');
    const stop = new AbortController();
    const job = createJob({ kind: 'segment', network, path: images, out, ...HOW }, project);
    const cancelled = job.run(stop.signal, ({ done }) => {
      if (done >= 3) stop.abort();
    });
    await expect(cancelled).rejects.toThrow(failing('cancelled'));
    const masks = readdirSync(join(out, 'masks'));
    expect(masks.length).toBeGreaterThanOrEqual(3);
    expect(masks.length).toBeLessThan(8);
    const times = masks.map((name) => statSync(join(out, 'masks', name)).mtimeMs);
    // A killed run may leave half a line.
    writeFileSync(join(out, '.ccnet-segmentation.jsonl'), '{"content":"ab', { flag: 'a' });
    const result = await segment(images, out);
    expect(result.resumed).toBe(masks.length);
    expect(result.pages).toHaveLength(8);
    expect(masks.map((name) => statSync(join(out, 'masks', name)).mtimeMs)).toEqual(times);
    const again = await segment(images, out);
    expect(again.resumed).toBe(8);
  });

  it('does an image again that was changed, or whose mask is gone', async () => {
    const images = join(folder, 'new');
    await cp(join(folder, 'cells', 'images'), images, { recursive: true });
    const out = join(folder, 'out');
    const first = await segment(images, out);
    await cp(join(images, 'cells-001.png'), join(images, 'cells-002.png'));
    const { rm } = await import('node:fs/promises');
    await rm(join(out, first.pages[4]?.mask ?? ''));
    const second = await segment(images, out);
    expect(second.resumed).toBe(6);
    expect(second.pages[1]?.area).toBe(second.pages[0]?.area);
    expect(existsSync(join(out, first.pages[4]?.mask ?? ''))).toBe(true);
  });

  it('writes into no folder that holds something else, nor among the images', async () => {
    const images = join(folder, 'cells', 'images');
    const out = join(folder, 'out');
    await segment(images, out);
    await expect(segment(images, out, { threshold: 0.3 })).rejects.toThrow(failing('results-of-another'));
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'mine.txt'), 'mine');
    await expect(segment(images, join(folder, 'full'))).rejects.toThrow(failing('folder-not-empty'));
    await expect(segment(images, images)).rejects.toThrow(failing('output-among-images'));
    expect(readFileSync(join(folder, 'full', 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('finds the same with the exported file as with the run, and takes no file that tells nothing of itself', async () => {
    const exported = join(folder, 'exported');
    const formats: RequestOf<'export'>['formats'] = ['onnx', 'onnx-pixels'];
    const files = await createJob({ kind: 'export', network, formats, out: exported }, project).run(
      signal,
      quiet,
    );
    const images = join(folder, 'cells', 'images');
    const byRun = await segment(images, join(folder, 'a'));
    for (const [index, { file }] of files.entries()) {
      const out = join(folder, `b${index}`);
      const byFile = await createJob(
        { kind: 'segment-with-file', model: file, path: images, out, ...HOW },
        null,
      ).run(signal, quiet);
      expect(byFile.pages).toEqual(byRun.pages);
    }
    const with_ = (model: string) =>
      createJob({ kind: 'segment-with-file', model, path: images, out: join(folder, 'c'), ...HOW }, null).run(
        signal,
        quiet,
      );
    const strange = join(folder, 'strange.onnx');
    writeFileSync(strange, 'no network at all');
    await expect(with_(strange)).rejects.toThrow(failing('network-file-unknown'));
    const bytes = readFileSync(files[0]?.file ?? '');
    bytes[bytes.lastIndexOf('conv1/kernel') + 40] =
      (bytes[bytes.lastIndexOf('conv1/kernel') + 40] ?? 0) ^ 0xff;
    writeFileSync(strange, bytes);
    await expect(with_(strange)).rejects.toThrow(failing('network-file-damaged'));
  });

  it('previews some images without writing anything', async () => {
    const before = contentsOf(folder);
    const request = {
      kind: 'preview-segmentation',
      network,
      path: join(folder, 'cells'),
      scale: 'auto',
      most: 3,
    } as const;
    const { images, previews } = await createJob(request, project).run(signal, quiet);
    expect(images).toBe(8);
    expect(previews).toHaveLength(3);
    expect(previews[0]).toMatchObject({ width: 64, height: 64 });
    expect(previews[0]?.picture).toMatch(/^data:image\/webp;base64,/);
    const after = contentsOf(folder);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  });
});
