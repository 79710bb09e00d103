import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { attempt } from '../window/toasts.svelte.ts';
import { wizard } from './wizard.svelte.ts';

/** Asks for the prediction under the present limits, and shows it when it is there. @returns whether it came */
export async function startPrediction(): Promise<boolean> {
  const { dataset, draft, usualRecipe } = wizard;
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
      workingSide: (usualRecipe ?? DEFAULT_RECIPE).workingSide,
    }),
  );
  if (!went) return false;
  await wizard.reload();
  wizard.change({ step: 'prediction' });
  return true;
}
