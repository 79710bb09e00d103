import { join } from 'node:path';
import { createJob } from '../../../src-main/jobs/createJob.ts';
import { Project } from '../../../src-main/project/project.ts';
import { mediaCalls } from '../../../src-main/workers/media/mediaWorker.ts';
import { projectCalls } from '../../../src-main/workers/project/projectCalls.ts';
import { capture } from '../../cli/capture.ts';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { QUESTION, SIDE, TRAINING, UNFINISHED } from './wholeLab.ts';

/** Where a mutated project lies, with the images beside it and room for results. */
export interface Place {
  readonly path: string;
  readonly images: string;
  readonly out: string;
  readonly signal: AbortSignal;
}

/**
 * Does something with a project as its surfaces do. Says what it did, or throws.
 * @returns what a terminal would show; empty where nothing would
 */
type Use = (place: Place) => Promise<string>;

const words = (text: string): string[] => text.split(' ');

/** A command of the command line with the project. */
const command =
  (text: string, more: (place: Place) => readonly string[] = () => []): Use =>
  async (place) => {
    const { exitCode, stdout, stderr } = await capture(
      [...words(text), ...more(place), '--project', place.path],
      place.signal,
    );
    if (exitCode === 1) throw new Error(`ccnet ${text}: ${stderr}`);
    if (exitCode !== 0) throw new Refused(stderr);
    return stdout + stderr;
  };

/** The command line refused, in words. */
export class Refused extends Error {}

/** A job as the window starts it. */
const job =
  (ask: (place: Place) => JobRequest): Use =>
  async (place) => {
    const project = Project.open(place.path);
    try {
      await createJob(ask(place), project).run(place.signal, () => undefined);
      return '';
    } finally {
      project.close();
    }
  };

const sized = '--network unet --width 4 --alphas 1/2,1/4';
const out = (option: string, name: string) => (place: Place) => [option, join(place.out, name)];
const segmentation = { device: 'native', threads: 1, threshold: null, scale: 'side' } as const;

/** All that the window reads when a project is opened and looked through. */
const look: Use = async ({ path }) => {
  const calls = projectCalls();
  calls.open({ path, mode: 'write' });
  try {
    for (const { id } of calls['datasets.list']()) {
      calls['datasets.images'](id);
      calls['datasets.findings'](id);
      calls['datasets.segmentability'](id);
      calls['predictions.list'](id);
      calls['outcomes.list'](id);
    }
    for (const read of ['library.runs', 'library.datasets', 'library.starter', 'library.imported'] as const)
      calls[read]();
    for (const { id } of calls['networks.list']()) {
      calls['networks.get'](id);
      calls['networks.testImages'](id);
    }
    calls['publication.get']();
    for (const { id } of calls['jobs.latest']()) calls['jobs.log'](id);
  } finally {
    calls.close();
  }
  return Promise.resolve('');
};

/** The pictures that the window asks for. */
const pictures: Use = async ({ path, out: folder }) => {
  const calls = projectCalls();
  calls.open({ path, mode: 'read' });
  try {
    const media = mediaCalls(join(folder, 'cache'));
    for (const { id } of calls['datasets.list']()) {
      for (const image of calls['datasets.images'](id).slice(0, 2)) {
        const source = calls['images.source'](image.id);
        if (!source) continue;
        await media.thumbnail(source);
        await media.mask(source);
        await media.image({ media: source, window: { low: 0, high: 1 } });
        await media.working({ media: source, side: SIDE });
        const by = calls['images.classifier'](image.id);
        if (by) await media.probability({ media: source, by });
      }
    }
    for (const { id } of calls['networks.list']()) {
      for (const { image } of calls['networks.testImages'](id))
        calls['networks.found']({ network: id, image });
    }
  } finally {
    calls.close();
  }
  return '';
};

/** Starts the jobs again that the project says were asked for. */
const again: Use = async ({ path, signal }) => {
  const project = Project.open(path);
  try {
    for (const { request } of project.jobs.latest(5)) {
      if (request) await createJob(request, project).run(signal, () => undefined);
    }
  } finally {
    project.close();
  }
  return '';
};

export const USES: Readonly<Record<string, Use>> = {
  look,
  'dataset list': command('dataset list'),
  'dataset images': command('dataset images cells'),
  'run list': command('run list'),
  'run list --unfinished': command('run list --unfinished'),
  'library list': command('library list'),
  'library export': command('library export', ({ out: folder }) => [join(folder, 'library.json')]),
  'library remove': command('library remove other-lab'),
  predict: command(`predict cells ${sized} --retain 0.5 --max-latency-ms 1000 --working-side ${SIDE}`),
  probe: job(({ out: folder }) => ({
    ...{ kind: 'compress', dataset: 1, ...QUESTION, ...TRAINING, seed: 1, pick: 1 / 4 },
    ...{ formats: ['onnx'], verifyGoal: false, out: join(folder, 'small') },
  })),
  report: command('report cells', out('--out', 'report.html')),
  complexity: command(`complexity cells --working-side ${SIDE}`),
  exclude: command('dataset exclude cells cells-003 --reason blurred'),
  include: command('dataset include cells cells-001 cells-002 cells-003'),
  move: command('dataset move cells cells-004 --to test'),
  relocate: command('dataset relocate cells', ({ images }) => [images]),
  remove: command('dataset remove cells'),
  'run resume': command('run resume 2 --device native --threads 1'),
  calibrate: job(() => UNFINISHED),
  segment: job(({ images, out: folder }) => ({
    ...{ kind: 'segment', network: 1, path: images, out: join(folder, 'segmented') },
    ...segmentation,
    ...{ probabilities: true, overlays: true },
  })),
  preview: job(({ images }) => ({
    ...{ kind: 'preview-segmentation', network: 1, path: images, scale: 'training', most: 2 },
  })),
  export: job(({ out: folder }) => ({
    ...{ kind: 'export', network: 1, formats: ['onnx', 'onnx-pixels', 'tfjs', 'bioimageio'] },
    out: join(folder, 'exported'),
  })),
  'test images': job(() => ({ kind: 'test-images', network: 1 })),
  examples: job(() => ({ kind: 'examples', network: 1 })),
  'verify goal': job(() => ({ kind: 'verify-goal', outcome: 1, device: 'native', threads: 1 })),
  pictures,
  again,
};

/** Those that take milliseconds, and say at once whether a project can be read. */
export const QUICK = [
  'look',
  'dataset list',
  'dataset images',
  'run list',
  'run list --unfinished',
  'library list',
];
