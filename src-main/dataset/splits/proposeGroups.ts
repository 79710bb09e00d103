import type { ProposedGroups } from '#common/dataset/grouping.ts';
import { naturalOrder } from '../pairing/naturalOrder.ts';
import { namePattern } from '#common/dataset/namePattern.ts';

/** Marks that people put between the parts of a name, and "#" between a stack and its page. */
const SEPARATORS = ['_', '-', ' ', '.', '#'] as const;
/** So many leading parts of a name are tried as the group. */
const DEEPEST = 2;
const FEWEST_GROUPS = 3;
/** Fewer groups than this count only when they are numbered: "control" and "treated" are conditions, "mouse1" and "mouse2" are not. */
const FEWEST_UNNUMBERED = 5;
/** So much of the images must share its group with another one. */
const SHARED = 1 / 3;
const EXAMPLES = 3;

/**
 * Whether names suggest that images belong together, as `P01_t1` and `P01_t2` do: the shortest beginning, up to a separator that all names have,
 * that several images share and that tells at least three groups apart.
 *
 * @param names of the samples
 * @returns null when they suggest nothing
 */
export function proposeGroups(names: readonly string[]): ProposedGroups | null {
  for (let depth = 1; depth <= DEEPEST; depth++) {
    for (const separator of SEPARATORS) {
      const pattern = `${`{group}${separator}`.repeat(depth)}*`;
      const proposed = proposal(pattern, names);
      if (proposed) return proposed;
    }
  }
  return proposalByCounter(names);
}

/**
 * Numbers of one length whose first digits are a group and whose last count from 0 or 1 in each: 0100, 0101, 0102, 0200, 0201. A plain sequence
 * fills its groups to the last number, and one with gaps does not count.
 */
function proposalByCounter(names: readonly string[]): ProposedGroups | null {
  const numbers = names.map((name) => /^(\D*)(\d{3,12})(?=\D|$)/.exec(name));
  const [first] = numbers;
  const [, start = '', digits = ''] = first ?? [];
  const alike = numbers.every((found) => found?.[1] === start && found[2]?.length === digits.length);
  if (!alike || digits.length === 0) return null;
  for (let length = 1; length < digits.length; length++) {
    const counters = Map.groupBy(new Set(numbers.map((found) => found?.[2] ?? '')), (number) =>
      number.slice(0, length),
    );
    const counted = [...counters.values()].every((members) => {
      const rest = members.map((number) => Number(number.slice(length))).sort((a, b) => a - b);
      const from = rest[0] ?? 0;
      return from <= 1 && rest.every((value, index) => value === from + index);
    });
    const full = [...counters.values()].filter(
      (members) => members.length >= 10 ** (digits.length - length) - 1,
    );
    if (!counted || full.length > 0) continue;
    const proposed = proposal(`${start}{group:${length}}*`, names);
    if (proposed) return proposed;
  }
  return null;
}

function proposal(pattern: string, names: readonly string[]): ProposedGroups | null {
  const groupOf = namePattern(pattern);
  const sizes = new Map<string, number>();
  for (const name of names) {
    const group = groupOf(name);
    if (group === null) return null;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const groups = [...sizes.keys()];
  const shared = [...sizes.values()].filter((size) => size > 1).reduce((sum, size) => sum + size, 0);
  const numbered = groups.every((group) => /\d/.test(group));
  const enough = groups.length >= (numbered ? FEWEST_GROUPS : FEWEST_UNNUMBERED);
  if (!enough || shared < SHARED * names.length) return null;
  const examples = groups.sort(naturalOrder).slice(0, EXAMPLES);
  return { pattern, groups: groups.length, examples };
}
