import { readFileSync } from 'node:fs';
import { CcnetError } from '#common/errors.ts';
import { complexitySchema } from '#common/dataset/complexity.ts';
import { importLibrary } from '../../../src-main/calibration/importLibrary.ts';
import { shippedLibrary } from '../../../src-main/calibration/shippedLibrary.ts';
import { mutate, MUTATIONS, type Outcome, seeded } from './mutate.ts';

const RUNS = 20;
const EXTREME = [
  '1e308',
  '-1e308',
  '1e999',
  '0',
  '-1',
  '1e-320',
  '9007199254740993',
  'null',
  '"x"',
  '[]',
  '{}',
  'true',
];

/** Reads mutated libraries: some of their bytes changed, or some of their numbers. */
export function attackLibraries(tries: number, seed: number): Outcome {
  const whole = JSON.parse(readFileSync(shippedLibrary('demo'), 'utf8')) as { runs: unknown[] };
  const text = JSON.stringify({ ...whole, runs: whole.runs.slice(0, RUNS) });
  const bytes = Buffer.from(text);
  const counts = { refused: 0, right: 0, wrong: 0 };
  for (let number = 0; number < tries; number++) {
    const random = seeded(seed * 7919 + number);
    const changed =
      number % 2 === 0
        ? text.replaceAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g, (value) =>
            random() < 0.01 ? (EXTREME[Math.floor(random() * EXTREME.length)] ?? value) : value,
          )
        : mutate(bytes, MUTATIONS[number % MUTATIONS.length] ?? 'bytes', random).toString();
    counts[judge(changed)] += 1;
  }
  return { what: 'libraries', tries, ...counts };
}

function judge(text: string): 'refused' | 'right' | 'wrong' {
  try {
    const { runs, datasets } = importLibrary(text);
    const possible =
      datasets.every(({ complexity }) => complexitySchema.safeParse(complexity.mean).success) &&
      runs.every((run) => Number.isFinite(run.trainingSeconds) && run.parameters < 1e12);
    return possible ? 'right' : 'wrong';
  } catch (error) {
    if (error instanceof CcnetError) return 'refused';
    throw error;
  }
}
