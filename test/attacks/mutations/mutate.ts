/** Numbers in [0, 1) from a seed, so that a failure can be repeated. */
export function seeded(seed: number): () => number {
  let state = (Math.imul(seed, 2_654_435_761) + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const MUTATIONS = ['cut', 'bytes', 'zeros', 'head', 'repeated'] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** A file as failing disks, broken copies and strangers make it. */
export function mutate(bytes: Buffer, mutation: Mutation, random: () => number): Buffer {
  const changed = Buffer.from(bytes);
  const anywhere = (limit = changed.length): number => Math.floor(random() * limit);
  switch (mutation) {
    case 'cut':
      return changed.subarray(0, anywhere());
    case 'bytes':
      for (let i = 0; i < 4; i++) changed[anywhere()] = anywhere(256);
      return changed;
    case 'zeros': {
      const at = anywhere();
      return changed.fill(0, at, Math.min(changed.length, at + 16 + anywhere(200)));
    }
    case 'head':
      for (let i = 0; i < 3; i++) changed[anywhere(Math.min(200, changed.length))] = anywhere(256);
      return changed;
    case 'repeated': {
      const [from, to] = [anywhere(), anywhere()];
      changed.copyWithin(to, from, from + anywhere(64));
      return changed;
    }
  }
}

/** What became of mutated files. Anything but a failure that the product knows is thrown on: a crash. */
export interface Outcome {
  readonly what: string;
  readonly tries: number;
  readonly refused: number;
  readonly right: number;
  /** Taken in with other content than the file had. */
  readonly wrong: number;
}

export const total = (outcomes: readonly Outcome[], what: string): Outcome => {
  const sum = (field: 'tries' | 'refused' | 'right' | 'wrong'): number =>
    outcomes.reduce((all, outcome) => all + outcome[field], 0);
  return { what, tries: sum('tries'), refused: sum('refused'), right: sum('right'), wrong: sum('wrong') };
};
