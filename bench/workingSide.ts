/**
 * What the working resolution costs and gains on thin structures: the same network trained by the usual recipe at several working sides, tested at the
 * images' own size against the masks as they were drawn.
 *
 *   node bench/workingSide.ts FOLDER... [--sides 128,256,384,512] [--width 8] [--seeds 1] [--epochs 20] [--threads N]
 *
 * Folders with images/ and masks/; the three of docs/complexity.md are retina-drive, soybean-roots-minirhizotron and spirochaete-darkfield.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { openEngine } from '../src-main/engine/openEngine.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import { trainAndStore } from '../src-main/jobs/training/trainAndStore.ts';
import { Project } from '../src-main/project/project.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sides: { type: 'string', default: '128,256,384,512' },
    width: { type: 'string', default: '8' },
    seeds: { type: 'string', default: '1' },
    epochs: { type: 'string', default: String(DEFAULT_RECIPE.epochs) },
    threads: { type: 'string' },
  },
});
const sides = values.sides.split(',').map(Number);
const width = Number(values.width);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const threads = values.threads === undefined ? undefined : Number(values.threads);

const work = mkdtempSync(join(tmpdir(), 'ccnet-working-side-'));
const project = Project.create(join(work, 'sides.ccnet'));
const engine = await openEngine('native', { threads });
const { signal } = new AbortController();
console.log(
  `U-Net of width ${width}, ${values.epochs} epochs of ${DEFAULT_RECIPE.stepsPerEpoch} steps, crops of ${DEFAULT_RECIPE.crop}`,
);
row(['dataset', 'side', 'own size', 'of one seed', 'working', 'validation', 'seconds']);
for (const path of positionals) {
  const name = basename(path);
  const request = { kind: 'add-dataset', path, name, splitMode: 'hashed' } as const;
  const { id } = await addDataset(request, project).run(signal, () => undefined);
  const dataset = project.datasets.required(id);
  const network = { family: 'unet', width, channels: dataset.channels, classes: 2, factor: 1 } as const;
  for (const workingSide of sides) {
    const recipe = { ...DEFAULT_RECIPE, workingSide, epochs: Number(values.epochs) };
    const runs: CalibrationRun[] = [];
    for (const seed of seeds) {
      const plan = {
        project,
        dataset,
        network,
        recipe,
        seed,
        fold: null,
        purpose: 'calibration',
        engine,
      } as const;
      runs.push((await trainAndStore(plan, signal, () => undefined)).run);
    }
    const mean = (of: (run: (typeof runs)[number]) => number): number =>
      runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
    row([
      name,
      String(workingSide),
      mean((run) => run.testDice).toFixed(3),
      `${Math.min(...runs.map((run) => run.testDice)).toFixed(3)}-${Math.max(...runs.map((run) => run.testDice)).toFixed(3)}`,
      mean((run) => run.testDiceWorking ?? NaN).toFixed(3),
      mean((run) => run.validationDice).toFixed(3),
      mean((run) => run.trainingSeconds).toFixed(0),
    ]);
  }
}
project.close();
rmSync(work, { recursive: true });

function row([name = '', ...cells]: readonly string[]): void {
  console.log(`${name.padEnd(32)}${cells.map((cell) => cell.padStart(12)).join('')}`);
}
