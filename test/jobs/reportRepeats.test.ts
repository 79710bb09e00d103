import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { reportCommands, type ReportedWork } from '../../src-main/jobs/export/reportCommands.ts';
import { Project } from '../../src-main/project/project.ts';
import { capture } from '../cli/capture.ts';
import { discPixels, photoPixels, png, scaled } from '../dataset/support/pictures.ts';
import { tiff } from '../dataset/support/tiff.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const SIDE = 96;
const stack = (values: (page: number) => Uint8Array): Buffer =>
  tiff(
    Array.from({ length: 5 }, (_, page) => ({
      width: SIDE,
      height: SIDE,
      samples: 1 as const,
      data: values(page),
    })),
  );

/** Ten images with masks of two kinds, and a stack whose last slices mark nothing. */
async function datasetFolder(): Promise<string> {
  const root = join(temporaryFolder(), 'cells');
  const files: Record<string, Buffer> = {};
  for (let index = 0; index < 10; index += 1) {
    files[`images/a ${index}.png`] = await png(photoPixels(index * 17 + 1));
    files[`nuclei masks/a ${index}.png`] = await png(scaled(discPixels(index), 1 + (index % 2)));
    files[`cell masks/a ${index}.png`] = await png(scaled(discPixels(index + 3), 255));
  }
  files['images/s.tif'] = stack((page) => photoPixels(400 + page));
  for (const kind of ['nuclei', 'cell'])
    files[`${kind} masks/s.tif`] = stack((page) =>
      page < 3 ? discPixels(page) : new Uint8Array(SIDE * SIDE),
    );
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}

/** Runs a line as a shell would hand it on. */
async function run(line: string): Promise<void> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)]
    .slice(1)
    .map(([, quoted, plain]) => quoted ?? plain ?? '');
  const { exitCode, stderr } = await capture(words);
  expect([line, exitCode, stderr.replaceAll(/^Checking.*\n|^Reading.*\n/gm, '')]).toEqual([line, 0, '']);
}

/** What a dataset is, apart from where and when. */
function contentOf(path: string): unknown {
  const project = Project.open(path);
  onTestFinished(() => project.close());
  const dataset = project.datasets.named('my cells');
  const images = project.images.allOfDataset(dataset.id);
  return {
    fingerprint: dataset.fingerprint,
    images: images.map(({ name, masks, page, split, excluded, foreground }) => ({
      name,
      masks,
      page,
      split,
      excluded,
      foreground,
    })),
  };
}

/** The lines of a report that add its dataset. */
function addingCommands(path: string): string[] {
  const project = Project.open(path);
  try {
    const dataset = project.datasets.named('my cells');
    const work = {
      dataset,
      images: project.images.allOfDataset(dataset.id),
      prediction: {
        network: { family: 'unet', width: 16 },
        limits: { safe: false },
        prediction: { candidates: [], workingSide: 128 },
      },
      calibration: [],
      probes: [],
      trained: null,
    } as unknown as ReportedWork;
    return reportCommands(work).filter((command) => command.startsWith('ccnet dataset '));
  } finally {
    project.close();
  }
}

describe('the commands of a report add its dataset as it is', () => {
  it.each([
    ['masks of one of two kinds', '--masks "nuclei masks"'],
    ['a part of the slices', '--masks "cell masks" --slices 2-4/2'],
    ['slices that mark something', '--masks "cell masks" --slices marked --split ordered'],
    ['one class', '--masks "nuclei masks" --classes 2'],
    ['the brightest of all planes', '--masks "cell masks" --planes max --invert'],
    ['pairs of a table', '--pairs PAIRS'],
  ])('%s', async (_name, options) => {
    const root = await datasetFolder();
    const pairs = join(root, '..', 'pairs.csv');
    const table = Array.from({ length: 10 }, (_, index) => [
      `images/a ${index}.png;nuclei masks/a ${index}.png`,
      `images/a ${index}.png;cell masks/a ${index}.png`,
    ]);
    await writeFile(pairs, ['image;mask', ...table.flat()].join('\n'));
    const first = join(root, '..', 'first.ccnet');
    await run(
      `ccnet dataset add "${root}" --name "my cells" ${options.replace('PAIRS', `"${pairs}"`)} --project "${first}"`,
    );
    await run(`ccnet dataset move "my cells" "a 3" --to test --project "${first}"`);
    await run(`ccnet dataset exclude "my cells" "a 4" "a 5" --reason "out of focus" --project "${first}"`);
    const commands = addingCommands(first);
    expect(commands).toHaveLength(3);
    const second = join(root, '..', 'second.ccnet');
    for (const command of commands) {
      const filled = command
        .replace('FOLDER', `"${root}"`)
        .replace('PAIRS.csv', `"${pairs}"`)
        .replace('lab.ccnet', `"${second}"`);
      await run(filled);
    }
    expect(contentOf(second)).toEqual(contentOf(first));
  });
});
