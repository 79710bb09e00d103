import type { RunView } from '#contract/channels.ts';

/** Which of the equal networks of a dataset a run is: "1", or "1 (fold 2/3)" where its images were dealt by folds. */
export function seedWords({ seed, fold }: Pick<RunView['run'], 'seed' | 'fold'>): string {
  return fold ? `${seed} (fold ${fold.number}/${fold.of})` : String(seed);
}
