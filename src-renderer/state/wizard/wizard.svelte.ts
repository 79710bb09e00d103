import type { JobView, OutcomeView, PredictionView } from '#contract/channels.ts';
import { trainableRecipe } from '#common/training/trainableRecipe.ts';
import type { ExamplePicture } from '#contract/jobs/examplesKind.ts';
import { datasetsOf } from '#contract/jobs/datasetsOf.ts';
import type { JobKind } from '#contract/jobs/jobKinds.ts';
import { call } from '../main/call.ts';
import { calibrationCurves, runsBy, usableRuns, usualRecipes } from '../library/calibrationCurves.ts';
import { chooseCandidate } from './chooseCandidate.ts';
import { datasets } from '../dataset/datasets.svelte.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { library } from '../library/library.svelte.ts';
import { project } from '../window/project.svelte.ts';
import { isLive } from '../jobs/upsertJob.ts';
import { Resource } from '../main/resource.svelte.ts';
import { FIRST_DRAFT, readDraft, type WizardDraft } from './wizardDraft.ts';

/** The compression wizard: what the user set is kept per project; the rest is read from the project itself. */
class Wizard {
  draft = $state.raw<WizardDraft>(FIRST_DRAFT);
  readonly predictions = new Resource<readonly PredictionView[]>(() => this.#ofDataset('predictions.list'));
  readonly outcomes = new Resource<readonly OutcomeView[]>(() => this.#ofDataset('outcomes.list'));

  readonly #examples = new Map<number, Resource<readonly ExamplePicture[]>>();

  readonly dataset = $derived(datasets.byId(this.draft.datasetId));
  readonly #usable = $derived(
    usableRuns(library.runs.value?.map((view) => view.run) ?? [], this.draft.family, this.draft.width),
  );
  readonly #recipes = $derived(
    usualRecipes(this.#usable.filter((run) => run.datasetFingerprint !== this.dataset?.fingerprint)),
  );
  /** The runs that a prediction rests on, those on the dataset itself included. */
  readonly runs = $derived(runsBy(this.#usable, this.#recipes));
  /** How the runs that a prediction rests on were trained, as far as that can still be done. */
  readonly recipe = $derived(this.#recipes && trainableRecipe(this.#recipes.recipe));
  readonly #curves = $derived(calibrationCurves(this.runs));
  /** Curves of the datasets that the prediction rests on. */
  readonly others = $derived(this.#curves.filter((one) => one.fingerprint !== this.dataset?.fingerprint));
  /** What was measured on this dataset already. */
  readonly own = $derived(
    this.#curves.find((one) => one.fingerprint === this.dataset?.fingerprint)?.points ?? [],
  );
  readonly prediction = $derived(
    this.predictions.value?.findLast(
      ({ network }) => network.family === this.draft.family && network.width === this.draft.width,
    ),
  );
  readonly choice = $derived(
    chooseCandidate(this.prediction?.prediction.candidates ?? [], this.draft.limits),
  );
  readonly outcome = $derived.by(() => {
    const asked = new Set(
      this.predictions.value
        ?.filter(({ network }) => network.family === this.draft.family && network.width === this.draft.width)
        .map((prediction) => prediction.id),
    );
    return this.outcomes.value?.findLast((outcome) => asked.has(outcome.predictionId));
  });

  /** The newest job of a kind on this dataset. */
  job(kind: JobKind): JobView | undefined {
    const id = this.dataset?.id;
    return jobs.list.find(({ request }) => {
      if (request?.kind !== kind) return false;
      const [first, ...others] = datasetsOf(request);
      return first !== undefined && first === id && others.length === 0;
    });
  }

  liveJob(kind: JobKind): JobView | undefined {
    const job = this.job(kind);
    return job && (isLive(job) || job.state === 'interrupted') ? job : undefined;
  }

  /** Example predictions of a trained network, drawn once a session. */
  examples(network: number): Resource<readonly ExamplePicture[]> {
    const known = this.#examples.get(network);
    if (known) return known;
    const made = new Resource(() => jobs.run<'examples'>({ kind: 'examples', network }));
    this.#examples.set(network, made);
    return made;
  }

  change(change: Partial<WizardDraft>): void {
    const other = change.datasetId !== undefined && change.datasetId !== this.draft.datasetId;
    this.draft = { ...this.draft, ...change };
    const path = project.current?.path;
    if (path !== undefined) localStorage.setItem(storageKey(path), JSON.stringify(this.draft));
    if (other) {
      this.predictions.clear();
      this.outcomes.clear();
      void this.reload();
    }
  }

  /** Starts over with a dataset, keeping network and goal. */
  begin(datasetId: number): void {
    this.restore();
    if (this.draft.datasetId !== datasetId) this.change({ datasetId, step: 'question' });
  }

  /** Takes up what was left, also after a crash. */
  restore(): void {
    const path = project.current?.path;
    if (path === undefined) return;
    this.draft = readDraft(localStorage.getItem(storageKey(path)));
    const known = datasets.list.value;
    if (known && !known.some((dataset) => dataset.id === this.draft.datasetId)) {
      this.change({ datasetId: known[0]?.id ?? null, step: 'question' });
    }
    void this.reload();
  }

  async reload(): Promise<void> {
    if (this.draft.datasetId === null) return;
    await Promise.all([this.predictions.load(), this.outcomes.load()]);
  }

  clear(): void {
    this.draft = FIRST_DRAFT;
    this.predictions.clear();
    this.outcomes.clear();
    this.#examples.clear();
  }

  async #ofDataset<Name extends 'predictions.list' | 'outcomes.list'>(name: Name) {
    const { datasetId } = this.draft;
    return datasetId === null ? [] : call(name, datasetId as never);
  }
}

function storageKey(path: string): string {
  return `ccnet.wizard.${path}`;
}

export const wizard = new Wizard();
