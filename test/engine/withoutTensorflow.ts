/** Trains and predicts on the native device while TensorFlow.js cannot be loaded; says what came out as JSON. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('@tensorflow/')) throw new Error(`${specifier} is loaded`);
    return next(specifier, context);
  },
});

const { openEngine } = await import('../../src-main/engine/openEngine.ts');
const { trainNetwork } = await import('../../src-main/training/trainNetwork.ts');
const { createPredictor } = await import('../../src-main/training/createPredictor.ts');
const { segmentImage } = await import('../../src-main/training/segmentImage.ts');
const { measureStep } = await import('../../src-main/trainingCost/measureStep.ts');
const { exportedBytes } = await import('../../src-main/jobs/prediction/exportedBytes.ts');
const { DEFAULT_RECIPE } = await import('#common/training/defaultRecipe.ts');
const { discs } = await import('../training/discs.ts');

// Whatever any job imports without being asked.
await import('../../src-main/jobs/createJob.ts');

const engine = await openEngine('native');
const spec = { family: 'unet', width: 1, channels: 1, classes: 2, factor: 1 } as const;
const recipe = { ...DEFAULT_RECIPE, crop: 16, batch: 2, epochs: 1, stepsPerEpoch: 2 };
const validation = discs(2, 24, 2);
const trained = await trainNetwork({ engine, spec, recipe, seed: 1, train: discs(2, 24, 1), validation });
const predictor = await createPredictor(engine, spec, trained.weights);
const probabilities = await segmentImage(predictor, await validation.load(0));
await predictor.dispose();
await measureStep(engine, spec, recipe);
exportedBytes(spec);
const loads = await engine.selfTest().then(
  () => 'loaded',
  () => 'refused',
);
const { implementation } = trained;
console.log(JSON.stringify({ implementation, probabilities: probabilities.length, loads }));
