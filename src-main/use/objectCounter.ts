/** What was found in one image. */
export interface FoundObjects {
  /** Foreground pixels. */
  readonly area: number;
  /** Areas in pixels of the objects, foreground that hangs together over edges or corners, the largest first. */
  readonly areas: readonly number[];
}

/** A stretch of foreground in a row: columns `begin` to `end` - 1, and the object it belongs to. */
interface Run {
  readonly begin: number;
  readonly end: number;
  readonly label: number;
}

/**
 * Counts objects and their areas from rows of a mask, top to bottom, so that no image need be held whole: runs of a row are joined
 * with those of the row above (8-connected components, union-find after Rosenfeld and Pfaltz, JACM 13, 1966).
 */
export class ObjectCounter {
  readonly #parents: number[] = [];
  readonly #areas: number[] = [];
  #above: Run[] = [];
  #area = 0;

  /** @param row 1 is foreground, anything else is not */
  push(row: Uint8Array): void {
    const runs: Run[] = [];
    let first = 0;
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== 1) continue;
      const begin = x;
      while (x < row.length && row[x] === 1) x += 1;
      const end = x;
      // Runs above that end before this one begins touch none of the later ones either.
      while (first < this.#above.length && (this.#above[first]?.end ?? 0) < begin) first += 1;
      let label = -1;
      for (let at = first; at < this.#above.length; at += 1) {
        const above = this.#above[at];
        if (!above || above.begin > end) break;
        const root = this.#root(above.label);
        label = label === -1 ? root : this.#join(label, root);
      }
      if (label === -1) {
        label = this.#parents.length;
        this.#parents.push(label);
        this.#areas.push(0);
      }
      this.#areas[label] = (this.#areas[label] ?? 0) + end - begin;
      this.#area += end - begin;
      runs.push({ begin, end, label });
    }
    this.#above = runs;
  }

  result(): FoundObjects {
    const areas = this.#areas.filter((_, label) => this.#parents[label] === label).sort((a, b) => b - a);
    return { area: this.#area, areas };
  }

  #root(label: number): number {
    let root = label;
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root;
    this.#parents[label] = root;
    return root;
  }

  #join(a: number, b: number): number {
    if (a === b) return a;
    const [kept, gone] = a < b ? [a, b] : [b, a];
    this.#parents[gone] = kept;
    this.#areas[kept] = (this.#areas[kept] ?? 0) + (this.#areas[gone] ?? 0);
    return kept;
  }
}
