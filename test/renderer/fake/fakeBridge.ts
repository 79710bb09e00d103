import type { Publication } from '#common/use/publication.ts';
import type { Failure } from '#common/failures/failures.ts';
import type {
  AppSettings,
  Bridge,
  ChannelName,
  ImageView,
  JobView,
  NoticeName,
  Notices,
  OutcomeView,
  PredictionView,
  ProjectView,
} from '#contract/channels.ts';
import type { ImageEdit } from '#common/dataset/imageEdit.ts';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { FAKE_DATASETS, fakeFindings, fakeImages } from './fakeImages.ts';
import { FAKE_NOTICES } from './fakeNotices.ts';
import { fakeNetworks } from './fakeUse.ts';
import { FakeJobs } from './fakeJobs.ts';
import {
  fakeCalibratedDatasets,
  fakePrediction,
  fakeRuns,
  fakeTestImages,
  FAKE_OUTCOME,
  VAGUE_OUTCOME,
} from './fakeLibrary.ts';

/** What a page under test starts with. */
export interface FakeStart {
  readonly project?: boolean;
  readonly empty?: boolean;
  readonly theme?: AppSettings['theme'];
  readonly predicted?: boolean;
  readonly outcome?: boolean | 'too-vague';
  /** The files of the first dataset are not where they were. */
  readonly missing?: boolean;
  /** False: the test images of the trained network have not been looked at. */
  readonly looked?: boolean;
  /** The machine can submit to a cluster. */
  readonly cluster?: boolean;
  /** Milliseconds that a step of a job takes. */
  readonly stepMs?: number;
  /** The step at which jobs stand still, running, so that the window can be looked at while nothing moves. */
  readonly restAt?: number;
  /** Channels that answer with an error. */
  readonly failing?: readonly ChannelName[];
  /** Kinds of jobs that fail, and how. */
  readonly failingJobs?: Readonly<Partial<Record<JobRequest['kind'], Failure>>>;
}

const PROJECT: ProjectView = { path: '/data/lab/kidney.ccnet', name: 'kidney', readOnly: false };

/** A main process that lives in the page, for tests and screenshots: datasets with 5,000 images, a library, jobs that progress. */
export function fakeBridge(start: FakeStart): Bridge {
  const listeners = new Map<NoticeName, Set<(notice: never) => void>>();
  const tell = <Name extends NoticeName>(name: Name, notice: Notices[Name]): void =>
    listeners.get(name)?.forEach((listener) => listener(notice as never));
  let settings: AppSettings = {
    theme: start.theme ?? 'light',
    reducedMotion: 'system',
    threads: null,
    exportFolder: null,
    notifications: true,
    starterLibrary: true,
  };
  let project = start.project === false ? null : PROJECT;
  let datasets = start.empty
    ? []
    : FAKE_DATASETS.map((one, i) => ({ ...one, missing: i === 0 && start.missing === true }));
  const edited = new Map<number, Partial<ImageView>>();
  let publication: Publication | null = null;
  const removed = new Map<number, (typeof datasets)[number]>();
  const runs = start.empty ? [] : fakeRuns();
  const predictions: PredictionView[] = start.predicted ? [fakePrediction(1)] : [];
  const outcomes: OutcomeView[] = start.outcome
    ? [start.outcome === 'too-vague' ? VAGUE_OUTCOME : FAKE_OUTCOME]
    : [];
  const jobs = new FakeJobs(
    (job: JobView) => {
      tell('job.changed', job);
      if (job.finishedAt) tell('project.changed', project);
    },
    {
      predicted: (request) => predictions.push(fakePrediction(1, request.limits.maxLatencyMs !== undefined)),
      relocated: () => {
        datasets = datasets.map((one, i) => (i === 0 ? { ...one, missing: false } : one));
      },
      compressed: () => outcomes.push(FAKE_OUTCOME),
      shown: (job, examples) => tell('job.examples', { job, examples }),
    },
    start.stepMs,
    start.failingJobs,
    start.restAt,
  );
  const enter = (next: ProjectView | null): ProjectView | null => {
    project = next;
    setTimeout(() => tell('project.changed', next));
    return next;
  };
  const found = (id: number) => {
    const dataset = datasets.find((one) => one.id === id);
    if (!dataset) throw new Error(`Dataset ${id} is not in the project.`);
    return dataset;
  };
  const count = (id: number): number => Object.values(found(id).images).reduce((a, b) => a + b, 0);

  const answers: { readonly [Name in ChannelName]: (payload: never) => unknown } = {
    'app.info': () => ({
      version: '0.1.0',
      platform: 'linux',
      development: true,
      exportFolder: '/data/lab/exports',
      home: '/home/lab',
      cores: 8,
      cluster: start.cluster ?? false,
    }),
    'app.notices': () =>
      FAKE_NOTICES.map(({ name, version, licence, inside }) => ({ name, version, licence, inside })),
    'app.notice': (at: number) => FAKE_NOTICES[at]?.text ?? '',
    'settings.get': () => settings,
    'settings.set': (change: Partial<AppSettings>) => (settings = { ...settings, ...change }),
    'projects.current': () => project,
    'projects.recent': () =>
      start.empty
        ? []
        : [
            { path: PROJECT.path, name: 'kidney', openedAt: new Date().toISOString(), exists: true },
            {
              path: '/data/shared/retina-2025.ccnet',
              name: 'retina-2025',
              openedAt: '2026-09-02T08:12:00.000Z',
              exists: true,
            },
            {
              path: '/media/stick/old.ccnet',
              name: 'old',
              openedAt: '2026-03-14T16:40:00.000Z',
              exists: false,
            },
          ],
    'projects.forget': () => [],
    'projects.create': () => enter(PROJECT),
    'projects.open': () => enter(PROJECT),
    'projects.openDemo': () => enter(PROJECT),
    'projects.close': () => enter(null),
    'datasets.list': () => datasets,
    'datasets.images': (id: number) =>
      fakeImages(id, count(id), found(id).measured).map((image) => ({ ...image, ...edited.get(image.id) })),
    'datasets.editImages': ({ images, edit }: { images: number[]; edit: ImageEdit }) => {
      for (const image of images)
        edited.set(image, {
          ...(edit.kind === 'move' ? { split: edit.split } : {}),
          ...(edit.kind === 'move' ? {} : { excluded: edit.kind === 'exclude' ? edit.reason : null }),
        });
      return {
        before: images.map((image) => ({ id: image, split: 'train', excluded: null })),
        alongside: 0,
        forgotten: 0,
        fingerprint: 'edited',
      };
    },
    'datasets.restoreImages': ({ images }: { images: { id: number }[] }) => {
      for (const { id } of images) edited.delete(id);
      return { before: [], alongside: 0, forgotten: 0, fingerprint: 'restored' };
    },
    'datasets.findings': (id: number) => fakeFindings(Math.min(96, count(id))),
    'datasets.segmentability': (id: number) => ({
      value: 0.62,
      workingSide: 256,
      examples: (['best', 'median', 'worst'] as const).map((label, i) => ({
        label,
        image: id * 100_000 + 1 + i,
        name: `section-00${i + 1}`,
        dice: 0.81 - 0.17 * i,
      })),
    }),
    'datasets.rename': ({ id, name }: { id: number; name: string }) => {
      datasets = datasets.map((one) => (one.id === id ? { ...one, name } : one));
      return found(id);
    },
    'datasets.remove': (id: number) => {
      removed.set(id, found(id));
      datasets = datasets.filter((one) => one.id !== id);
      return null;
    },
    'datasets.restore': (id: number) => {
      const back = removed.get(id);
      if (back) datasets = [...datasets, back].sort((a, b) => a.id - b.id);
      return found(id);
    },
    'datasets.moveBack': () => {
      datasets = datasets.map((one, i) => (i === 0 ? { ...one, missing: true } : one));
      return datasets[0];
    },
    'predictions.list': () => [...predictions],
    'outcomes.list': () => [...outcomes],
    'networks.list': () => (start.empty ? [] : fakeNetworks),
    'networks.get': () => null,
    'publication.get': () => publication,
    'publication.set': (given: Publication) => {
      publication = given;
      return null;
    },
    'networks.testImages': () =>
      start.looked === false && !jobs.looked ? [] : fakeTestImages(fakeImages(1, count(1), true)),
    'library.runs': () => [...runs],
    'library.datasets': () => fakeCalibratedDatasets(runs),
    'library.starter': () => ({
      datasets: 5,
      runs: 58,
      held: runs.filter(({ origin }) => origin === 'starter').length,
      outdated: 0,
      layerWise: 0,
    }),
    'library.imported': () => {
      const imported = runs.filter(({ origin }) => origin === 'imported').length;
      return imported > 0 ? [{ library: 'nearby-lab.json', runs: imported }] : [];
    },
    'library.exclude': ({ id, reason }: { id: number; reason: string | null }) => {
      const at = runs.findIndex((one) => one.id === id);
      const view = runs[at];
      if (view) runs[at] = { ...view, run: { ...view.run, excluded: reason } };
      return null;
    },
    'jobs.list': () => jobs.list(),
    'jobs.start': (request: JobRequest) => jobs.start(request),
    'jobs.cancel': (id: number) => jobs.end(id, 'cancelled'),
    'jobs.cancelOnCluster': (id: number) => {
      jobs.end(id, 'cancelled');
      return 12;
    },
    'jobs.pause': (id: number) => jobs.hold(id),
    'jobs.resume': (id: number) => jobs.go(id),
    'jobs.resumeOn': ({ id }: { id: number }) => jobs.go(id),
    'jobs.clear': () => jobs.clear(),
    'jobs.log': () => [
      '12:01:07 Opened native 0.1.0',
      '12:01:09 Epoch 1: loss 0.91, validation Dice 0.41',
      '12:01:31 Epoch 2: loss 0.74, validation Dice 0.58',
    ],
    'jobs.moments': (id: number) => jobs.moments(id),
    'jobs.examples': (id: number) => jobs.examples(id),
    'dialogs.folder': () => '/data/lab/exports',
    'dialogs.dataset': () => '/data/lab/new-stain.zip',
    'dialogs.images': () => ['/data/lab/new/field-1.tif', '/data/lab/new/field-2.tif'],
    'dialogs.save': () => '/data/lab/out.json',
    'dialogs.wholeFolder': ({ folder }: { folder: string }) => folder,
    'files.overlay': ({ image }: { image: string }) =>
      `media/thumbnail/${100_000 + (Number(/\d+/.exec(image)?.[0]) || 1)}?size=128`,
    'files.preview': ({ file, as }: { file: string; as: 'image' | 'mask' }) =>
      `media/${as === 'mask' ? 'mask' : 'thumbnail'}/${100_000 + (Number(/\d+/.exec(file)?.[0]) || 1)}?size=128`,
    'dialogs.libraryFile': () => '/data/lab/library.json',
    'dialogs.groupTable': () => '/data/lab/patients.csv',
    'files.reveal': () => null,
    'files.savePlot': () => '/data/lab/plot.svg',
    'files.saveTable': () => '/data/lab/table.csv',
  };

  const call = (name: ChannelName) => async (payload: unknown) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (start.failing?.includes(name)) {
      const error: Failure = {
        code: 'project-unreachable',
        facts: { path: '/data/lab', answer: 'SQLITE_IOERR' },
      };
      return { ok: false as const, error };
    }
    return { ok: true as const, value: answers[name](payload as never) };
  };
  const calls = Object.fromEntries((Object.keys(answers) as ChannelName[]).map((name) => [name, call(name)]));
  return {
    ...calls,
    on: (name: NoticeName, listener: (notice: never) => void) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => void known.delete(listener);
    },
    pathOf: () => '/data/lab/dropped',
  } as unknown as Bridge;
}
