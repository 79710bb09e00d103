import type { DeviceId } from '#common/device/device.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { attempt } from '../window/toasts.svelte.ts';
import { startPrediction } from './startPrediction.ts';
import { wizard } from './wizard.svelte.ts';

/**
 * Trains sizes on the wizard's own dataset in the way in which the others were calibrated, and predicts again with what they showed.
 * @returns whether it went through
 */
export async function trainProbe(alphas: readonly number[], device: DeviceId = 'native'): Promise<boolean> {
  const { dataset, draft, probeRecipe } = wizard;
  if (!dataset) return false;
  const went = await attempt(() =>
    jobs.run<'calibrate'>({
      kind: 'calibrate',
      datasets: [dataset.id],
      family: draft.family,
      width: draft.width,
      alphas: [...alphas],
      seeds: [1],
      recipe: probeRecipe,
      device,
      threads: settings.values.threads,
    }),
  );
  return went && startPrediction();
}
