/**
 * What would have been chosen for each dataset of a calibration library without any training on it, and what that choice
 * really retained: `node bench/choice.ts LIBRARY.json [--retain 0.95]`. Prints predicted and measured Dice of every
 * size (the mean over its seeds, and how far they lie apart), and the choice with its parameters. Each dataset is predicted from
 * the runs of the others alone.
 */
import { parseArgs } from 'node:util';
import { readLibraryFile } from '../src-main/calibration/readLibraryFile.ts';
import { formatFactor } from '#common/network/factor.ts';
import { networkCost } from '../src-main/network/networkCost.ts';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { candidates } from '../src-main/prediction/candidates.ts';
import { predictAccuracy } from '../src-main/prediction/predictAccuracy.ts';

const { values, positionals } = parseArgs({
  options: { retain: { type: 'string', default: '0.95' } },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) throw new Error('usage: node bench/choice.ts LIBRARY.json [--retain 0.95]');
const { runs } = readLibraryFile(file);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const free = { macs: 0, activationBytes: 0, fileBytes: 0, latencyMs: null };

for (const [fingerprint, own] of Map.groupBy(runs, (run) => run.datasetFingerprint)) {
  const [first] = own;
  if (!first) continue;
  const measured = new Map(
    [...Map.groupBy(own, (run) => run.network.factor)].map(([factor, seeds]) => {
      const all = seeds.map((run) => run.testDice);
      return [
        factor,
        {
          dice: mean(all),
          spread:
            all.length > 1
              ? `, ${all.length} seeds ${(Math.max(...all) - Math.min(...all)).toFixed(3)} apart`
              : '',
          learnt: seeds.every((run) => run.learnt),
          parameters: seeds[0]?.parameters ?? NaN,
        },
      ];
    }),
  );
  const alphas = [...measured.keys()].filter((factor) => typeof factor === 'number').sort((a, b) => b - a);
  const parametersOf = (factor: number): number =>
    networkCost({ ...first.network, factor }, 256, 256).parameters;
  const { family, width } = first.network;
  const complexity = {
    recipe: first.complexityRecipe,
    mean: first.complexity,
    trainingImages: first.trainingImages,
  };
  const prediction = predictAccuracy({
    runs,
    family,
    width,
    target: { complexity, fingerprint },
    alphas,
    parametersOf,
  });
  const sizes = candidates(prediction, () => free);
  console.log(
    `${first.datasetName}: J ${first.complexity.jpeg.toFixed(3)}, B ${first.complexity.blobDensity.toFixed(3)}`,
  );
  for (const size of sizes) {
    const run = measured.get(size.alpha);
    const outside = run && (run.dice < size.low || run.dice > size.high) ? ' outside' : '';
    console.log(
      `  ${formatFactor(size.alpha).padEnd(5)} predicted ${size.predicted.toFixed(3)} [${size.low.toFixed(3)}, ${size.high.toFixed(3)}]` +
        ` measured ${run?.dice.toFixed(3)}${run?.spread}${run?.learnt ? '' : ' (not learnt)'}${outside}`,
    );
  }
  const base = measured.get(1);
  const choice = chooseNetwork(sizes, { retain: Number(values.retain), safe: false });
  if (!base || choice.kind !== 'chosen') continue;
  const chosen = measured.get(choice.candidate.alpha);
  console.log(
    `  chosen ${formatFactor(choice.candidate.alpha)}: ${base.parameters} -> ${choice.candidate.parameters} parameters, really retained ` +
      `${(100 * ((chosen?.dice ?? 0) / base.dice)).toFixed(1)} %`,
  );
}
