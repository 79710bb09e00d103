import { counted } from '#common/format.ts';
import { datasets } from '../dataset/datasets.svelte.ts';
import { intake } from '../intake/intake.svelte.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { library } from '../library/library.svelte.ts';
import { relocation } from '../dataset/relocation.svelte.ts';
import { project } from '../window/project.svelte.ts';
import { use } from '../use/use.svelte.ts';
import { place } from '../window/route.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { toasts } from '../window/toasts.svelte.ts';
import { wizard } from '../wizard/wizard.svelte.ts';

let shown: string | undefined;

/** Reads everything that every view builds on, whenever another project has been opened. */
function enter(path: string | undefined): void {
  if (path === shown) {
    if (path !== undefined) void Promise.all([datasets.reload(), library.load(), wizard.reload()]);
    return;
  }
  shown = path;
  datasets.clear();
  library.clear();
  jobs.clear();
  toasts.withdrawOffers();
  relocation.close();
  wizard.clear();
  use.clear();
  place.go({ view: 'datasets' });
  if (path === undefined) void project.recent.load();
  else void Promise.all([datasets.list.load(), library.load(), jobs.load().then(announceInterrupted)]);
}

/** Says what a crash or power cut has interrupted, once, when a project is opened. */
function announceInterrupted(): void {
  const [first, ...others] = jobs.interrupted;
  if (!first) return;
  const words =
    others.length === 0
      ? `${first.title}: interrupted. What was finished is kept.`
      : `${counted(others.length + 1, 'job')} were interrupted. What was finished is kept.`;
  const resume = { label: 'Resume', run: async () => void (await jobs.resume(first.id)) };
  const show = { label: 'Show', run: () => void (place.jobsOpen = true) };
  const action = others.length === 0 && !project.current?.readOnly ? resume : show;
  toasts.show({ kind: 'notice', text: words, action });
}

function obey(command: string): void {
  const acts: Readonly<Record<string, () => unknown>> = {
    new: () => project.create(),
    open: () => project.open(),
    close: () => project.close(),
    settings: () => place.go({ view: 'settings' }),
    jobs: () => (place.jobsOpen = !place.jobsOpen),
    'add-dataset': () => intake.choose(),
  };
  acts[command]?.();
}

/** Subscribes once to everything that the main process tells, and reads the first state. @returns the end of listening */
export function listenToMain(): () => void {
  const { on } = window.ccnet;
  const ends = [
    on('job.changed', (job) => jobs.note(job)),
    on('job.examples', ({ job, examples }) => jobs.examples.set(job, examples)),
    on('project.changed', (view) => {
      project.current = view;
      enter(view?.path);
    }),
    on('project.refused', (failure) => toasts.failed(failure)),
    on('command', obey),
  ];
  void Promise.all([settings.load(), project.load()]).then(() => enter(project.current?.path));
  return () => ends.forEach((end) => end());
}
