/** How well the objects of one image were found. Objects are connected foreground (8 neighbours): objects that touch count as one. */
export interface ObjectScores {
  /** Objects of the mask that was drawn, and of the one that was found. */
  readonly drawn: number;
  readonly found: number;
  /** Pairs that overlap by more than half of their union: no object is in two of them. */
  readonly matched: number;
  /** Mean distance between the outlines of the two masks, both ways, in pixels of the image; null where one has no outline. */
  readonly boundary: number | null;
}

type Counts = Pick<ObjectScores, 'drawn' | 'found' | 'matched'>;

/** Share of the found objects that are there; null where none was found. */
export function objectPrecision({ found, matched }: Counts): number | null {
  return found === 0 ? null : matched / found;
}

/** Share of the drawn objects that were found; null where none was drawn. */
export function objectRecall({ drawn, matched }: Counts): number | null {
  return drawn === 0 ? null : matched / drawn;
}

/** Objects that were found too many, or, negative, too few. */
export function countError({ drawn, found }: Counts): number {
  return found - drawn;
}

/** Counts of several images together. The outlines' distance is the mean over the images that have one. */
export function pooledObjects(scores: readonly ObjectScores[]): ObjectScores {
  const sum = (pick: (one: ObjectScores) => number): number =>
    scores.reduce((all, one) => all + pick(one), 0);
  const distances = scores.flatMap(({ boundary }) => boundary ?? []);
  return {
    drawn: sum((one) => one.drawn),
    found: sum((one) => one.found),
    matched: sum((one) => one.matched),
    boundary: distances.length === 0 ? null : distances.reduce((a, b) => a + b, 0) / distances.length,
  };
}
