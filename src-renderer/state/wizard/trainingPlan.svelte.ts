import type { DeviceId } from '#common/device/device.ts';
import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import type { ExportFormat } from '#contract/jobs/requestFields.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { call } from '../main/call.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { attempt } from '../window/toasts.svelte.ts';
import { wizard } from './wizard.svelte.ts';

/** How the chosen network is to be trained and where it goes. */
export class TrainingPlan {
  epochs = $state(wizard.recipe?.epochs ?? DEFAULT_RECIPE.epochs);
  device = $state<DeviceId>('native');
  formats = $state.raw<readonly ExportFormat[]>(['onnx', 'tfjs']);
  #folder = $state<string | null>(null);
  readonly folder = $derived(this.#folder ?? settings.exportFolder);
  /** With another recipe than the calibration's, accuracy may differ from the prediction. */
  readonly usual = $derived(this.epochs === (wizard.recipe ?? DEFAULT_RECIPE).epochs);

  setFormat(format: ExportFormat, wanted: boolean): void {
    this.formats = wanted ? [...this.formats, format] : this.formats.filter((one) => one !== format);
  }

  chooseFolder = (): Promise<boolean> =>
    attempt(async () => {
      const folder = await call('dialogs.folder', { title: 'Folder for the network and its report' });
      if (folder) this.#folder = folder;
    });

  /** Trains, verifies, exports; then the result is shown, unless the user has gone elsewhere meanwhile. */
  async start(): Promise<void> {
    const { dataset, draft, recipe } = wizard;
    if (!dataset) return;
    const training = { ...(recipe ?? DEFAULT_RECIPE), epochs: this.epochs };
    const went = await attempt(() =>
      jobs.run<'compress'>({
        kind: 'compress',
        dataset: dataset.id,
        family: draft.family,
        width: draft.width,
        limits: draft.limits,
        alphas: [...DEFAULT_ALPHAS],
        workingSide: training.workingSide,
        recipe: training,
        device: this.device,
        threads: settings.values.threads,
        seed: 1,
        formats: [...this.formats],
        out: this.folder,
      }),
    );
    if (!went) return;
    await wizard.reload();
    if (wizard.outcome && wizard.draft.step === 'training') wizard.change({ step: 'result' });
  }
}
