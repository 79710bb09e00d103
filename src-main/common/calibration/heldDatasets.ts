import type { NetworkFamily } from '../network/network.ts';
import type { CalibratedDataset } from './calibratedDataset.ts';
import type { CalibrationRun } from './calibrationRun.ts';
import { firstLevelWidth } from './rebasedRun.ts';
import { isSound } from './selectRuns.ts';

/** What predictions can draw on of one dataset. */
export interface HeldDataset {
  readonly fingerprint: string;
  readonly name: string;
  /** Where its runs come from, in the order own, starter, imported. */
  readonly origins: readonly ('own' | 'starter' | 'imported')[];
  readonly runs: number;
  /** How many of them may enter a prediction: their network learnt, and nobody left them out. */
  readonly sound: number;
  /** Filters of the first level of the trained networks, by family, narrowest first. */
  readonly widths: readonly { readonly family: NetworkFamily; readonly widths: readonly number[] }[];
  /** Mean test Dice of the widest network that learnt; null where none did. */
  readonly dice: number | null;
  /** How well brightness, colour and texture alone separate its objects; null where that was not measured. */
  readonly segmentability: number | null;
}

const ORIGINS = ['own', 'starter', 'imported'] as const;
/** The family that a dataset's accuracy is told by. */
const TOLD: NetworkFamily = 'unet';

/** The datasets behind the stored runs, by name. */
export function heldDatasets(
  runs: readonly { readonly origin: HeldDataset['origins'][number]; readonly run: CalibrationRun }[],
  datasets: readonly CalibratedDataset[],
): HeldDataset[] {
  return [...Map.groupBy(runs, ({ run }) => run.datasetFingerprint)]
    .flatMap(([fingerprint, own]) => {
      const name = own[0]?.run.datasetName;
      if (name === undefined) return [];
      const sound = own.flatMap(({ run }) => (isSound(run) ? [run] : []));
      const told = sound.filter((run) => run.network.family === TOLD);
      return {
        fingerprint,
        name,
        origins: ORIGINS.filter((origin) => own.some((one) => one.origin === origin)),
        runs: own.length,
        sound: sound.length,
        widths: widthsOf(own.map(({ run }) => run)),
        dice: diceOfWidest(told.length > 0 ? told : sound),
        segmentability:
          datasets.find(
            (dataset) => dataset.fingerprint === fingerprint && dataset.complexity.segmentability !== null,
          )?.complexity.segmentability ?? null,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function widthsOf(runs: readonly CalibrationRun[]): HeldDataset['widths'] {
  return [...Map.groupBy(runs, ({ network }) => network.family)].map(([family, own]) => ({
    family,
    widths: [...new Set(own.map((run) => firstLevelWidth(run)))].sort((a, b) => a - b),
  }));
}

function diceOfWidest(runs: readonly CalibrationRun[]): number | null {
  const widest = Math.max(...runs.map((run) => firstLevelWidth(run)));
  const same = runs.filter((run) => firstLevelWidth(run) === widest);
  return same.length > 0 ? same.reduce((sum, run) => sum + run.testDice, 0) / same.length : null;
}
