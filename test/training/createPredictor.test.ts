import { expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { openNative } from '../../src-main/engine/openNative.ts';
import { createPredictor } from '../../src-main/training/createPredictor.ts';
import { evaluate } from '../../src-main/training/evaluate.ts';
import { trainNetwork } from '../../src-main/training/trainNetwork.ts';
import { specOf } from '../network/networkSpecs.ts';
import { discs } from './discs.ts';

it('segments with stored weights exactly as the trainer did', async () => {
  const engine = openNative({});
  const spec = specOf('unet', { width: 1, channels: 1 });
  const recipe = { ...DEFAULT_RECIPE, crop: 16, batch: 2, epochs: 1, stepsPerEpoch: 3 };
  const validation = discs(3, 24, 2);
  const trained = await trainNetwork({ engine, spec, recipe, seed: 1, train: discs(3, 24, 1), validation });
  const predictor = await createPredictor(engine, spec, trained.weights);
  expect(await evaluate(predictor, validation)).toEqual(trained.validation);
  await predictor.dispose();
});
