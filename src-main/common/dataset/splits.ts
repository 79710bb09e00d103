/** Parts of a dataset: to learn from, to tune by, and to test on at the very end. */
export const SPLITS = ['train', 'validation', 'test'] as const;
