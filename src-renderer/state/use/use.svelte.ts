import type { NetworkChoice } from '#contract/channels.ts';
import type { PreviewResult, SegmentResult } from '#contract/jobs/segmentKind.ts';
import { hasCode } from '#common/errors.ts';
import type { Failure } from '#common/failures/failures.ts';
import type { Scale } from '#common/use/inferenceScale.ts';
import { droppedSources, type IntakeSource } from '../intake/droppedSources.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { call } from '../main/call.ts';
import { Resource } from '../main/resource.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { shownFailure } from '../window/failureWords.ts';
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
  scale = $state.raw<Scale>('auto');
  overlays = $state(true);
  probabilities = $state(false);
  result = $state.raw<SegmentResult | null>(null);
  /** Why the images could not be looked at, or not segmented; null where nothing went wrong. */
  failure = $state.raw<Failure | null>(null);
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

  /** Has images seen at another size from now on. */
  seeAt(scale: Scale): void {
    this.scale = scale;
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

  async chooseImages(): Promise<void> {
    await attempt(async () => {
      const files = await call('dialogs.images');
      this.take(droppedSources(files.map((path) => ({ path, isFolder: false }))));
    });
  }

  async chooseFolder(): Promise<void> {
    await attempt(async () => {
      const path = await call('dialogs.dataset');
      if (path) this.take([{ path }]);
    });
  }

  /** Segments a few of the images, to be looked at. */
  async look(): Promise<void> {
    const { network, source, scale } = this;
    if (!network || !source) return;
    const { id } = network;
    const isCurrent = (): boolean =>
      this.source === source && this.network?.id === id && this.scale === scale;
    await this.#telling(isCurrent, async () => {
      const files = source.files && { files: [...source.files] };
      const shown = await jobs.run<'preview-segmentation'>(
        { kind: 'preview-segmentation', network: id, path: source.path, ...files, scale, most: PREVIEWS },
        (job) => (this.previewJob = job.id),
      );
      if (!isCurrent()) return;
      this.preview = shown;
      this.threshold = shown.threshold;
    });
  }

  /** Segments all images into a new folder within one that the user chooses. */
  async segmentAll(): Promise<void> {
    const { network, source, scale } = this;
    if (!network || !source) return;
    await this.#telling(
      () => true,
      async () => {
        const folder = await call('dialogs.folder', { title: 'Folder for the results' });
        if (!folder) return;
        this.result = null;
        const files = source.files && { files: [...source.files] };
        const threshold = Math.round(this.threshold * 100) / 100;
        this.result = await jobs.run<'segment'>(
          {
            kind: 'segment',
            network: network.id,
            path: source.path,
            ...files,
            out: resultsFolder(folder, { network, source, threshold, scale }),
            device: 'native',
            threads: settings.values.threads,
            threshold,
            scale,
            probabilities: this.probabilities,
            overlays: this.overlays,
          },
          (job) => (this.segmentJob = job.id),
        );
      },
    );
  }

  cancel(): void {
    const job = this.segmenting ? this.segmentJob : this.previewJob;
    if (job !== null) void jobs.cancel(job);
  }

  /** Another project is open, or none: networks and jobs have other numbers there. */
  clear(): void {
    this.networks.clear();
    this.previewJob = null;
    this.segmentJob = null;
    this.source = null;
    this.scale = 'auto';
    this.#picked = null;
    this.#forget();
  }

  /** Runs an action whose failure is shown in the view, as long as it is about what is shown. Who cancels knows that nothing came of it. */
  async #telling(isCurrent: () => boolean, action: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await action();
    } catch (error) {
      if (!hasCode(error, 'cancelled') && isCurrent()) this.failure = shownFailure(error);
    }
  }

  #forget(): void {
    this.preview = null;
    this.result = null;
    this.failure = null;
    this.threshold = DEFAULT_THRESHOLD;
  }
}

/**
 * A folder of its own for each network, source, threshold and size: a run that was interrupted goes on there, and no other one writes there.
 */
function resultsFolder(
  folder: string,
  {
    network,
    source,
    threshold,
    scale,
  }: {
    readonly network: NetworkChoice;
    readonly source: IntakeSource;
    readonly threshold: number;
    readonly scale: Scale;
  },
): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  const name = lastPart(source.path)
    .replace(/\.zip$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 60);
  const base = folder.replace(/[\\/]+$/, '');
  const seen = scale === 'auto' ? '' : `-${scale}`;
  return `${base}${separator}${name}-segmented-run${network.id}-at-${threshold}${seen}`;
}

export const use = new Use();
