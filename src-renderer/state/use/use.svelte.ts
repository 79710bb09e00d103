import type { NetworkChoice } from '#contract/channels.ts';
import type { PreviewResult, SegmentResult } from '#contract/jobs/segmentKind.ts';
import { CancelledError } from '#common/errors.ts';
import type { IntakeSource } from '../intake/droppedSources.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { call } from '../main/call.ts';
import { Resource } from '../main/resource.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';
import { lastPart } from '../window/words.ts';

/** Images that are shown before all are segmented. */
const PREVIEWS = 6;
const DEFAULT_THRESHOLD = 0.5;

/** A trained network on new images: what was picked, what is shown of it, and what became of all. */
class Use {
  readonly networks = new Resource<readonly NetworkChoice[]>(() => call('networks.list'));
  source = $state.raw<IntakeSource | null>(null);
  preview = $state.raw<PreviewResult | null>(null);
  threshold = $state(DEFAULT_THRESHOLD);
  overlays = $state(true);
  probabilities = $state(false);
  result = $state.raw<SegmentResult | null>(null);
  previewJob = $state.raw<number | null>(null);
  segmentJob = $state.raw<number | null>(null);
  #picked = $state.raw<number | null>(null);
  /** The latest network unless another one was picked. */
  readonly network = $derived(
    this.networks.value?.find(({ id }) => id === this.#picked) ?? this.networks.value?.at(-1) ?? null,
  );
  readonly previewing = $derived(jobs.live.some(({ id }) => id === this.previewJob));
  readonly segmenting = $derived(jobs.live.some(({ id }) => id === this.segmentJob));

  pick(network: number): void {
    this.#picked = network;
    this.#forget();
    if (this.source) void this.look();
  }

  /** Takes what was dropped or chosen; of several folders the first. */
  take(sources: readonly IntakeSource[]): void {
    const [first] = sources;
    if (!first) return;
    if (sources.length > 1) {
      toasts.show({
        kind: 'done',
        text: `Only ${lastPart(first.path)} is taken: one folder, or images alone.`,
      });
    }
    this.source = first;
    this.#forget();
    void this.look();
  }

  async chooseFolder(): Promise<void> {
    await attempt(async () => {
      const path = await call('dialogs.folder', { title: 'Images to segment' });
      if (path) this.take([{ path }]);
    });
  }

  /** Segments a few of the images, to be looked at. */
  async look(): Promise<void> {
    const { network, source } = this;
    if (!network || !source) return;
    await attempt(async () => {
      const files = source.files && { files: [...source.files] };
      const { id } = network;
      const shown = await jobs
        .run<'preview-segmentation'>(
          {
            kind: 'preview-segmentation',
            network: id,
            path: source.path,
            ...files,
            scale: 'auto',
            most: PREVIEWS,
          },
          (job) => (this.previewJob = job.id),
        )
        .catch(quietly);
      if (!shown || this.source !== source || this.network?.id !== id) return;
      this.preview = shown;
      this.threshold = shown.threshold;
    });
  }

  /** Segments all images into a new folder within one that the user chooses. */
  async segmentAll(): Promise<void> {
    const { network, source } = this;
    if (!network || !source) return;
    await attempt(async () => {
      const folder = await call('dialogs.folder', { title: 'Folder for the results' });
      if (!folder) return;
      this.result = null;
      const files = source.files && { files: [...source.files] };
      const threshold = Math.round(this.threshold * 100) / 100;
      const result = await jobs
        .run<'segment'>(
          {
            kind: 'segment',
            network: network.id,
            path: source.path,
            ...files,
            out: resultsFolder(folder, network, source, threshold),
            device: 'native',
            threads: settings.values.threads,
            threshold,
            scale: 'auto',
            probabilities: this.probabilities,
            overlays: this.overlays,
          },
          (job) => (this.segmentJob = job.id),
        )
        .catch(quietly);
      if (result) this.result = result;
    });
  }

  cancel(): void {
    const job = this.segmenting ? this.segmentJob : this.previewJob;
    if (job !== null) void jobs.cancel(job);
  }

  clear(): void {
    this.networks.clear();
    this.source = null;
    this.#picked = null;
    this.#forget();
  }

  #forget(): void {
    this.preview = null;
    this.result = null;
    this.threshold = DEFAULT_THRESHOLD;
  }
}

/** Somebody who cancels knows that nothing came of it. */
function quietly(error: unknown): null {
  if (error instanceof CancelledError) return null;
  throw error;
}

/** A folder of its own for each network, source and threshold: a run that was interrupted goes on there, and no other one writes there. */
function resultsFolder(
  folder: string,
  network: NetworkChoice,
  source: IntakeSource,
  threshold: number,
): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  const name = lastPart(source.path)
    .replace(/\.zip$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 60);
  const base = folder.replace(/[\\/]+$/, '');
  return `${base}${separator}${name}-segmented-run${network.id}-at-${threshold}`;
}

export const use = new Use();
