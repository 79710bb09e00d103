import { type GpuPlan, SHARED_BUFFERS } from './dispatch.ts';

const SHARED: ReadonlySet<string> = new Set(SHARED_BUFFERS);

/** Which buffer of the card holds each buffer of a plan. */
export interface PlacedBuffers {
  /** Bytes of each buffer of the card. */
  readonly sizes: readonly number[];
  /** Index of the card's buffer. */
  readonly of: ReadonlyMap<string, number>;
}

interface Lifetime {
  readonly name: string;
  readonly bytes: number;
  readonly birth: number;
  death: number;
}

/** Kept from one step to the next, so that no other may lie in their place. */
const LASTING = ['adam table', 'fold table'];

/**
 * Lets buffers that are never in use together share memory: largest first, each into the smallest buffer that is free while it lives. Whole
 * buffers are shared, not parts of one large one: a card binds no more than a part of its memory at once, and a kernel may not read from a buffer
 * that it writes to.
 * @param shared buffers that are not the plan's own
 */
export function placeBuffers(
  { dispatches, buffers, tables }: GpuPlan,
  shared: ReadonlySet<string> = SHARED,
): PlacedBuffers {
  const lifetimes = new Map<string, Lifetime>();
  for (const [time, dispatch] of dispatches.entries()) {
    for (const name of dispatch.buffers) {
      if (shared.has(name)) continue;
      const known = lifetimes.get(name);
      if (known) known.death = time;
      else {
        const bytes = 4 * (tables.get(name)?.length ?? buffers.get(name) ?? 0);
        if (bytes === 0) throw new Error(`The plan has no buffer ${name}.`);
        lifetimes.set(name, { name, bytes, birth: time, death: time });
      }
    }
  }
  // The host reads it when all is done.
  const read = lifetimes.get('probabilities');
  if (read) read.death = dispatches.length;
  const sizes: number[] = [];
  const held: Lifetime[][] = [];
  const of = new Map<string, number>();
  for (const lifetime of [...lifetimes.values()].sort((a, b) => b.bytes - a.bytes)) {
    // Sizes fall, so that whatever there is, is large enough; the last is the smallest.
    const lasting = LASTING.includes(lifetime.name);
    const free = held.findLastIndex(
      (others) =>
        !lasting &&
        others.every(
          ({ birth, death, name }) =>
            !LASTING.includes(name) && (death < lifetime.birth || birth > lifetime.death),
        ),
    );
    const index = free >= 0 ? free : sizes.push(lifetime.bytes) - 1;
    (held[index] ??= []).push(lifetime);
    of.set(lifetime.name, index);
  }
  return { sizes, of };
}
