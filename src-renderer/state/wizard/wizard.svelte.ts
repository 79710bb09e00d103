import { commonRecipe } from '#common/calibration/commonRecipe.ts';
import { gatherEvidence } from '#common/calibration/evidence.ts';
import { measuredCurve, measuredCurves } from '#common/calibration/measuredCurve.ts';
import { selectRuns } from '#common/calibration/selectRuns.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { nextProbe } from '#common/prediction/nextProbe.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { JobView, OutcomeView, PredictionView } from '#contract/channels.ts';
import { probesJoin, trainableRecipe } from '#common/training/trainableRecipe.ts';
import type { ExamplePicture } from '#contract/jobs/examplesKind.ts';
import { datasetsOf } from '#contract/jobs/datasetsOf.ts';
import type { JobKind } from '#contract/jobs/jobKinds.ts';
import { call } from '../main/call.ts';
import { datasets } from '../dataset/datasets.svelte.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { library } from '../library/library.svelte.ts';
import { project } from '../window/project.svelte.ts';
import { isLive } from '../jobs/upsertJob.ts';
import { Resource } from '../main/resource.svelte.ts';
import { selectedSize } from './selectedSize.ts';
import { FIRST_DRAFT, readDraft, type WizardDraft } from './wizardDraft.ts';

/** The compression wizard: what the user set is kept per project; the rest is read from the project itself. */
class Wizard {
  draft = $state.raw<WizardDraft>(FIRST_DRAFT);
  readonly predictions = new Resource<readonly PredictionView[]>(() => this.#ofDataset('predictions.list'));
  readonly outcomes = new Resource<readonly OutcomeView[]>(() => this.#ofDataset('outcomes.list'));

  readonly #examples = new Map<number, Resource<readonly ExamplePicture[]>>();

  readonly dataset = $derived(datasets.byId(this.draft.datasetId));
  readonly prediction = $derived(this.predictions.value?.findLast((prediction) => this.#isAsked(prediction)));
  readonly choice = $derived(chooseNetwork(this.prediction?.prediction.candidates ?? [], this.draft.limits));
  /** What would be trained: the size that the user picked, else the one that goal and limits choose. */
  readonly selected = $derived(
    selectedSize(this.prediction?.prediction.candidates ?? [], this.choice, this.draft),
  );
  readonly #others = $derived(new Set(this.dataset?.otherFingerprints));
  /** All that may be evidence for the dataset: not what was trained on its images before some were left out or moved. */
  readonly runs = $derived(
    library.runs.value?.flatMap(({ run }) => (this.#others.has(run.datasetFingerprint) ? [] : [run])) ?? [],
  );
  /** By which most other datasets were calibrated: what the next prediction and its probes go by; undefined without such runs. */
  readonly usualRecipe = $derived(
    commonRecipe(
      selectRuns(this.runs, {
        family: this.draft.family,
        width: this.draft.width,
        except: this.dataset?.fingerprint,
      }),
      this.draft.workingSide ?? undefined,
    ),
  );
  /** Shorter side at which a network will see the images. */
  readonly workingSide = $derived(this.draft.workingSide ?? (this.usualRecipe ?? DEFAULT_RECIPE).workingSide);
  /** What the shown prediction rests on, or the next one where there is none. */
  readonly evidence = $derived(
    gatherEvidence(this.runs, {
      family: this.draft.family,
      width: this.draft.width,
      fingerprint: this.dataset?.fingerprint,
      workingSide: this.prediction?.prediction.workingSide ?? this.draft.workingSide ?? undefined,
    }),
  );
  /** Runs of the base network that were trained in this project, so at this machine's speed. */
  readonly runsHere = $derived(
    selectRuns(
      library.runs.value?.flatMap(({ origin, run }) => (origin === 'own' ? [run] : [])) ?? [],
      this.draft,
    ),
  );
  /** How the chosen network is trained: as those that its prediction rests on, as far as that can still be done. */
  readonly recipe = $derived(trainableRecipe(this.evidence.recipe ?? DEFAULT_RECIPE));
  /** How a probe is trained: as the networks that the shown prediction rests on, or the next one's where there is none. */
  readonly probeRecipe = $derived(
    trainableRecipe(this.prediction?.prediction.recipe ?? this.usualRecipe ?? DEFAULT_RECIPE),
  );
  /** The cheapest probe that could change the choice under the present goal; null where none is likely to. */
  readonly nextProbe = $derived.by(() => {
    const shown = this.prediction?.prediction;
    if (!shown?.joint || !shown.recipe || !probesJoin(shown.recipe)) return null;
    const measured = this.own.map(({ alpha }) => alpha);
    return nextProbe({ ...shown, joint: shown.joint, limits: this.draft.limits, measured });
  });
  /** Curves of the datasets that the prediction rests on. */
  readonly others = $derived(measuredCurves(this.evidence.calibration));
  /** What was measured on this dataset already. */
  readonly own = $derived(measuredCurve(this.evidence.own));
  readonly outcome = $derived.by(() => {
    const asked = new Set(
      this.predictions.value
        ?.filter((prediction) => this.#isAsked(prediction))
        .map((prediction) => prediction.id),
    );
    return this.outcomes.value?.findLast((outcome) => asked.has(outcome.predictionId));
  });

  /** Whether a stored prediction is about the images, the network and the working resolution that are asked about now. */
  #isAsked({ network, prediction }: PredictionView): boolean {
    const { family, width, workingSide } = this.draft;
    const { fingerprint } = prediction;
    if (fingerprint !== undefined && fingerprint !== this.dataset?.fingerprint) return false;
    const seen = workingSide === null || prediction.workingSide === workingSide;
    return network.family === family && network.width === width && seen;
  }

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
    // A goal that is moved decides again.
    const decides = change.limits ?? change.family ?? change.width ?? change.datasetId;
    this.draft = { ...this.draft, ...(decides !== undefined && { picked: null }), ...change };
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
