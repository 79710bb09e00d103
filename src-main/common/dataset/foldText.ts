import type { Fold } from './fold.ts';

/** "1/3"; empty for a dataset's own split. */
export function foldText(fold: Fold | null): string {
  return fold ? `${fold.number}/${fold.of}` : '';
}
