import type { RunView } from '#contract/channels.ts';

/** Where a run comes from. */
export const ORIGIN_WORDS: Readonly<Record<RunView['origin'], string>> = {
  own: 'this project',
  starter: 'starter library',
  imported: 'library file',
};
