/** Parts of a dataset: to learn from, to tune by, and to test on at the very end. */
export const SPLITS = ['train', 'validation', 'test'] as const;

/** What they are called wherever a person reads or writes them. */
export const SPLIT_NAMES: Readonly<Record<(typeof SPLITS)[number], string>> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
};
