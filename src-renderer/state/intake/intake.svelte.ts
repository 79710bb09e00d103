import type { JobView } from '#contract/channels.ts';
import type { Examination, Finding } from '#common/dataset/dataset.ts';
import type { JobRequest, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Pairing, SplitMode } from '#contract/jobs/requestFields.ts';
import { chosenReading, readAs as meaningOf } from '#common/dataset/readMaskValue.ts';
import type { ReadingChoices } from '#common/dataset/reading.ts';
import type { Failure } from '#common/failures/failures.ts';
import { call } from '../main/call.ts';
import { candidatesOf, findingsOf, shownFailure, sourcesOf } from '../window/failureWords.ts';
import { datasetFolder, type IntakeSource } from './droppedSources.ts';
import { datasets } from '../dataset/datasets.svelte.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { place } from '../window/route.svelte.ts';
import { type GroupDraft, proposedDraft, requestedGroups } from './groupDraft.ts';
import { suggestName } from './suggestName.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';

type Stage = 'checking' | 'findings' | 'failed' | 'adding';

const NO_CANDIDATES = { images: [], masks: [] };

/** Taking in a folder or .zip: look at it, show what was found, name it, deal it to splits, add it. */
class Intake {
  source = $state.raw<IntakeSource | undefined>();
  /** Further dropped folders, taken in one after the other. */
  waiting = $state.raw<readonly IntakeSource[]>([]);
  stage = $state<Stage>('checking');
  job = $state.raw<JobView | undefined>();
  examination = $state.raw<Examination | undefined>();
  /** What the doctor saw when nothing was usable. */
  failedFindings = $state.raw<readonly Finding[]>([]);
  /** The kinds of masks that there are when nothing was usable. */
  failedSources = $state.raw<NonNullable<Examination['maskSources']>>([]);
  /** The files that pairing by hand offers. */
  candidates = $state.raw<NonNullable<Examination['candidates']>>(NO_CANDIDATES);
  error = $state.raw<Failure | undefined>();
  name = $state('');
  splitMode = $state<SplitMode>('hashed');
  groups = $state.raw<GroupDraft>(proposedDraft([]));
  pairing = $state.raw<Pairing | undefined>();
  /** What the person decides about the reading of masks and channels. */
  choices = $state.raw<ReadingChoices>({});
  /** One dataset for each class of the masks. */
  eachClass = $state(false);
  /** The choices that the examination knows of. */
  #examined = $state.raw<ReadingChoices>({});
  readonly reading = $derived(this.examination && chosenReading(this.examination.reading, this.choices));
  readonly maskValues = $derived(
    this.examination?.maskValues.map((one) => ({
      ...one,
      // The exchange comes after the meanings of single values.
      readAs: this.reading ? meaningOf(one.value, { ...this.reading.masks, inverted: false }) : one.readAs,
    })) ?? [],
  );
  /** Classes of the masks that are objects as it stands. */
  readonly classes = $derived(this.maskValues.filter(({ readAs }) => readAs === 'foreground'));
  /** The choices have changed since the files were examined. */
  readonly rereads = $derived(this.choices !== this.#examined);
  readonly open = $derived(this.source !== undefined);

  choose = (): Promise<boolean> =>
    attempt(async () => {
      const path = await call('dialogs.dataset');
      if (path) await this.take([{ path }]);
    });

  /** Starts with the first path; the others follow when it is done. */
  async take(sources: readonly IntakeSource[]): Promise<void> {
    if (this.open) {
      this.waiting = [...this.waiting, ...sources];
      return;
    }
    const [first, ...others] = sources;
    if (!first) return;
    this.source = first;
    this.waiting = others;
    this.name = suggestName(first.path, datasets.list.value?.map((dataset) => dataset.name) ?? []);
    this.pairing = undefined;
    this.choices = {};
    this.eachClass = false;
    await this.check();
  }

  /** Decides how masks and channels are read; the pictures show it at once. */
  readAs(choices: ReadingChoices): void {
    this.choices = choices;
  }

  /** The same for what changes which samples there are: the files are looked at once more. */
  lookAgain(choices: ReadingChoices): void {
    this.readAs(choices);
    void this.check();
  }

  /** Takes the whole folder of the files that were dropped, once the user agrees. */
  widen = (): Promise<boolean> =>
    attempt(async () => {
      const { path = '', files = [] } = this.source ?? {};
      const file = `${path}/${files[0] ?? ''}`;
      const folder = await call('dialogs.wholeFolder', { folder: datasetFolder(path), file });
      if (folder === null) return;
      this.source = { path: folder };
      this.examination = undefined;
      this.pairing = undefined;
      await this.check();
    });

  /** Which image belongs to which group, in a table of the user's. */
  chooseTable = (): Promise<boolean> =>
    attempt(async () => {
      const table = await call('dialogs.groupTable');
      if (table !== null) this.groups = { ...this.groups, table };
    });

  /** Examines the source, with the pairs made by hand where there are any. */
  async check(pairing = this.pairing): Promise<void> {
    const { source } = this;
    if (!source) return;
    const isFirst = this.examination === undefined;
    this.pairing = pairing;
    this.stage = 'checking';
    this.error = undefined;
    this.failedFindings = [];
    this.failedSources = [];
    try {
      const reading = this.choices;
      const request = {
        kind: 'check-dataset' as const,
        ...requested(source),
        ...(pairing && { pairing }),
        reading,
      };
      const examination = await jobs.run<'check-dataset'>(request, (job) => (this.job = job));
      if (this.source !== source) return;
      this.examination = examination;
      this.candidates = examination.candidates ?? this.candidates;
      this.#examined = reading;
      if (isFirst) this.#propose(examination);
      this.stage = 'findings';
    } catch (error) {
      if (this.source !== source) return;
      this.error = shownFailure(error);
      this.failedFindings = findingsOf(this.error);
      this.failedSources = sourcesOf(this.error);
      this.candidates = candidatesOf(this.error) ?? this.candidates;
      this.stage = 'failed';
    }
  }

  /** What the doctor proposes, once: afterwards it is the person's. */
  #propose({ findings }: Examination): void {
    this.splitMode = findings.some(({ code }) => code === 'looks-ordered') ? 'ordered' : 'hashed';
    this.groups = proposedDraft(findings);
  }

  async add(): Promise<void> {
    const { source, name, splitMode, groups, pairing } = this;
    if (!source) return;
    this.stage = 'adding';
    const request = {
      kind: 'add-dataset' as const,
      ...requested(source),
      name: name.trim(),
      splitMode,
      ...requestedGroups(groups),
      ...(pairing && { pairing }),
      reading: this.choices,
    };
    try {
      const wanted = this.eachClass && this.classes.length > 1 ? this.#ofEachClass(request) : [request];
      const added = await this.#addAllOrNone(wanted);
      const findings = added.flatMap((one) => one.findings);
      const twin = findings.find(({ code }) => code === 'already-added')?.problem ?? '';
      const id = added.at(-1)?.id ?? 0;
      await datasets.list.load();
      toasts.done(
        wanted.length > 1
          ? `${wanted.length} datasets were added, one for each class.`
          : `${request.name} was added.${twin && ` ${twin}`}`,
      );
      this.next();
      place.go({ view: 'dataset', id, tab: 'images' });
      await attempt(() => jobs.start({ kind: 'measure-complexity', dataset: id, workingSide: 256 }));
    } catch (error) {
      this.error = shownFailure(error);
      this.stage = 'findings';
    }
  }

  /** When one fails, those before it are taken back, so that the same can be asked again. */
  async #addAllOrNone(
    wanted: readonly (JobRequest & { kind: 'add-dataset' })[],
  ): Promise<ResultOf<'add-dataset'>[]> {
    const added: ResultOf<'add-dataset'>[] = [];
    try {
      for (const one of wanted) added.push(await jobs.run<'add-dataset'>(one, (job) => (this.job = job)));
      return added;
    } catch (error) {
      for (const { id } of added) await call('datasets.remove', id);
      throw error;
    }
  }

  /** A request for each class of the masks, in which it alone is an object. */
  #ofEachClass(request: JobRequest & { kind: 'add-dataset' }): (JobRequest & { kind: 'add-dataset' })[] {
    return this.classes.map(({ value, name }) => ({
      ...request,
      name: `${request.name} ${name ?? value}`.slice(0, 200),
      reading: { ...request.reading, classes: [value] },
    }));
  }

  /** Leaves this folder, and goes on with the next that waits. */
  next(): void {
    const { job, waiting } = this;
    if (this.stage === 'checking' && job) void jobs.cancel(job.id);
    this.source = undefined;
    this.job = undefined;
    this.examination = undefined;
    this.candidates = NO_CANDIDATES;
    this.error = undefined;
    if (waiting.length > 0) void this.take(waiting);
  }
}

/** A source as a job's request names it. */
function requested({ path, files }: IntakeSource): { path: string; files?: string[] } {
  return files ? { path, files: [...files] } : { path };
}

export const intake = new Intake();
