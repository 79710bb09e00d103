/** Memory that is needed from one time to another, both inclusive. */
export interface Buffer {
  readonly floats: number;
  readonly birth: number;
  readonly death: number;
}

/** A buffer that may lie in another one of the same list: then that one must live while it does. */
export interface SharedBuffer extends Buffer {
  /** Index of the buffer in which it lies; its own index when it has memory of its own. */
  readonly owner: number;
}

/** The buffers with memory of their own, each alive while any of those that lie in it is. */
export function sharedBuffers(buffers: readonly SharedBuffer[]): Buffer[] {
  const lives = buffers.map(({ floats, birth, death }) => ({ floats, birth, death }));
  for (const [index, { birth, death }] of buffers.entries()) {
    const root = lives[rootOf(buffers, index)];
    if (!root) continue;
    root.birth = Math.min(root.birth, birth);
    root.death = Math.max(root.death, death);
  }
  return lives.filter((_, index) => buffers[index]?.owner === index);
}

/** Most floats that live at one time. */
export function peakFloats(buffers: readonly Buffer[]): number {
  const liveAt = (time: number): number =>
    buffers.reduce(
      (sum, { floats, birth, death }) => (birth <= time && time <= death ? sum + floats : sum),
      0,
    );
  return buffers.reduce((most, { birth }) => Math.max(most, liveAt(birth)), 0);
}

function rootOf(buffers: readonly SharedBuffer[], index: number): number {
  const owner = buffers[index]?.owner ?? index;
  return owner === index ? index : rootOf(buffers, owner);
}
