import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { attempt } from '../window/toasts.svelte.ts';
import { wizard } from './wizard.svelte.ts';

/** Asks for the prediction under the present limits, and shows it when it is there. @returns whether it came */
export async function startPrediction(): Promise<boolean> {
  const { dataset, draft, workingSide } = wizard;
  if (!dataset) return false;
  const { family, width, limits } = draft;
  const went = await attempt(() =>
    jobs.run<'predict'>({
      kind: 'predict',
      dataset: dataset.id,
      family,
      width,
      limits,
      alphas: [...DEFAULT_ALPHAS],
      workingSide,
    }),
  );
  if (!went) return false;
  await wizard.reload();
  wizard.change({ step: 'prediction' });
  return true;
}
