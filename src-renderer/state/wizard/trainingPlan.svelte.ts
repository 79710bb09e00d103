import type { DeviceId } from '#common/device/device.ts';
import { DEFAULT_FORMATS } from '#contract/jobs/defaultFormats.ts';
import type { ExportFormat } from '#contract/jobs/requestFields.ts';
import { call } from '../main/call.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { attempt } from '../window/toasts.svelte.ts';
import { trainingRequest } from './trainingRequest.ts';
import { wizard } from './wizard.svelte.ts';

/** How the chosen network is to be trained and where it goes. */
export class TrainingPlan {
  epochs = $state(wizard.recipe.epochs);
  device = $state<DeviceId>('native');
  formats = $state.raw<readonly ExportFormat[]>(DEFAULT_FORMATS);
  #folder = $state<string | null>(null);
  readonly folder = $derived(this.#folder ?? settings.exportFolder);
  /** With another recipe than the calibration's, accuracy may differ from the prediction. */
  readonly usual = $derived(this.epochs === wizard.recipe.epochs);

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
    const { draft, prediction, recipe } = wizard;
    if (!prediction) return;
    const request = trainingRequest(prediction, {
      limits: draft.limits,
      recipe: { ...recipe, epochs: this.epochs },
      device: this.device,
      threads: settings.values.threads,
      seed: 1,
      formats: [...this.formats],
      out: this.folder,
      verifyGoal: false,
      ...(wizard.selected?.picked && { pick: wizard.selected.candidate.alpha }),
    });
    const went = await attempt(() => jobs.run<'compress'>(request));
    if (!went) return;
    await wizard.reload();
    if (wizard.outcome && wizard.draft.step === 'training') wizard.change({ step: 'result' });
  }
}
