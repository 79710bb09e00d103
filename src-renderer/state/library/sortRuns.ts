import type { RunView } from '#contract/channels.ts';

export type RunColumn =
  'dataset' | 'network' | 'factor' | 'parameters' | 'dice' | 'seed' | 'seconds' | 'origin';

const naturally = new Intl.Collator('en', { numeric: true });

const VALUES: Readonly<Record<RunColumn, (view: RunView) => string | number>> = {
  dataset: ({ run }) => run.datasetName,
  network: ({ run }) => `${run.network.family} ${run.network.width}`,
  factor: ({ run }) => run.network.factor,
  parameters: ({ run }) => run.parameters,
  dice: ({ run }) => run.testDice,
  seed: ({ run }) => run.seed,
  seconds: ({ run }) => run.trainingSeconds,
  origin: ({ origin }) => origin,
};

/** Runs by one column; equal ones by dataset, size, seed and fold. */
export function sortRuns(runs: readonly RunView[], column: RunColumn, descending: boolean): RunView[] {
  const turn = descending ? -1 : 1;
  return [...runs].sort(
    (a, b) =>
      turn * compare(VALUES[column](a), VALUES[column](b)) ||
      naturally.compare(a.run.datasetName, b.run.datasetName) ||
      b.run.parameters - a.run.parameters ||
      a.run.seed - b.run.seed ||
      (a.run.fold?.number ?? 0) - (b.run.fold?.number ?? 0),
  );
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : naturally.compare(String(a), String(b));
}
