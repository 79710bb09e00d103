import { DRAWN_IGNORED, PLAIN_READING, readAs } from '#common/dataset/readMaskValue.ts';
import type { MaskRule, MaskValue, ReadingChoices } from '#common/dataset/reading.ts';
import { colourOf } from './maskPlane.ts';
import type { MaskCensus } from './maskCensus.ts';
import { STRAY } from './nearColour.ts';

/** Highest id of a class: more are ids of single objects. */
const MOST_CLASSES = 31;
/** Values that annotation tools use for "do not count": of 8 and 16 bits, of signed numbers, and -1 as 32 and 64 bits hold it, as a 32-bit float. */
const IGNORED_BY_CUSTOM = [255, 65_535, -1, 2 ** 32, 2 ** 64];
/** Share of the masks that must agree on a background that none of them says. */
const AGREEMENT = 2 / 3;

/** The rule for the masks of a dataset, and how it came about. */
export interface DecidedRule {
  readonly rule: MaskRule;
  /** The values of all masks, the most frequent first; empty when there are too many to be classes. */
  readonly values: readonly MaskValue[];
  /** No mask says what is background: the votes of their borders, the most frequent first. Null when it is said, or chosen. */
  readonly guess: {
    readonly votes: readonly (readonly [value: number, masks: number])[];
    /** Masks that hold 0 nevertheless, which is too few of them to tell. */
    readonly withZero: number;
    readonly clear: boolean;
  } | null;
  /** What counts where the same index is shown in different colours by different masks. */
  readonly palettesDiffer: 'colours' | 'indices' | null;
}

/**
 * Decides once for all masks of a dataset what their values mean; a person's choices come first.
 *
 * Background is 0 (an index of a palette likewise, whatever its colour) as soon as any mask has it, black among colours; otherwise
 * the value that most borders have. A value that tools use for "do not count" is one where it stands beside class ids in a mask.
 * @param names of the classes of masks that are painted of annotations; none for masks that are files
 */
export function decideReading(
  all: readonly MaskCensus[],
  choices: ReadingChoices,
  names: readonly string[] = [],
): DecidedRule {
  if (names.length > 0) return drawnReading(all, choices, names);
  const drawn = all.filter(({ kind, drawing }) => kind !== 'transparency' && drawing === 'drawn');
  const colourful = all.filter(({ kind }) => kind === 'colours');
  const palettesDiffer =
    colourful.length === 0 && differ(drawn) ? (coloursAgree(drawn) ? 'colours' : 'indices') : null;
  const space = colourful.length > 0 || palettesDiffer === 'colours' ? 'colours' : 'values';
  const planes = (
    space === 'colours' ? [...drawn.filter(({ kind }) => kind !== 'colours'), ...colourful] : drawn
  ).map((census) => (space === 'colours' ? inColours(census) : census));
  const values = valuesOf(planes);
  const ignored = choices.ignored === undefined ? customarilyIgnored(planes, values, space) : choices.ignored;
  const isChosen = choices.background !== undefined || choices.classes !== undefined;
  const votes = isChosen ? null : backgroundVotes(planes, values, space, ignored);
  const [winner] = votes ?? [];
  const withZero = space === 'values' ? planes.filter(hasZero).length : 0;
  const voters = (votes ?? []).reduce((sum, [, masks]) => sum + masks, 0);
  const rule: MaskRule = {
    ...PLAIN_READING.masks,
    space,
    background: choices.background ?? winner?.[0] ?? 0,
    ignored,
    foreground: choices.classes ?? null,
    inverted: choices.inverted ?? false,
    threshold:
      space === 'colours'
        ? colourful.some(({ drawing }) => drawing !== 'drawn')
          ? STRAY
          : null
        : spreadThreshold(all),
  };
  return {
    rule,
    values: values ? describeValues(values, planes, rule) : [],
    guess:
      votes === null
        ? null
        : { votes, withZero, clear: withZero === 0 && (winner?.[1] ?? 0) >= AGREEMENT * voters },
    palettesDiffer,
  };
}

/** The rule for masks that are painted of annotations: what their values mean is known beforehand. */
export function drawnRule(choices: ReadingChoices, names: readonly string[]): MaskRule {
  return {
    ...PLAIN_READING.masks,
    ignored: choices.ignored === undefined ? DRAWN_IGNORED : choices.ignored,
    foreground: choices.classes ?? null,
    inverted: choices.inverted ?? false,
    names: [...names],
  };
}

function drawnReading(
  all: readonly MaskCensus[],
  choices: ReadingChoices,
  names: readonly string[],
): DecidedRule {
  const rule = drawnRule(choices, names);
  const values = valuesOf(all);
  const described = values ? describeValues(values, all, rule) : [];
  return {
    rule,
    values: described.map((one) => {
      const name = one.value === 0 ? undefined : names[one.value - 1];
      return name === undefined ? one : { ...one, name };
    }),
    guess: null,
    palettesDiffer: null,
  };
}

/** Whether palettes show an index that occurs in several masks in different colours. */
function differ(drawn: readonly MaskCensus[]): boolean {
  const shown = new Map<number, number>();
  for (const { palette, counts } of drawn) {
    if (!palette || !counts) continue;
    for (const index of counts.keys()) {
      const colour = palette[index] ?? 0;
      if ((shown.get(index) ?? colour) !== colour) return true;
      shown.set(index, colour);
    }
  }
  return false;
}

/** Whether the borders of masks whose palettes differ have one colour, at least as often as they have index 0. */
function coloursAgree(drawn: readonly MaskCensus[]): boolean {
  const atBorder = drawn.flatMap(({ border, palette }) => {
    const [index] = border.keys();
    return index === undefined ? [] : [{ index, colour: palette?.[index] ?? 0 }];
  });
  const sameColour = Map.groupBy(atBorder, ({ colour }) => colour).values();
  const mostOfAColour = Math.max(0, ...[...sameColour].map((masks) => masks.length));
  return mostOfAColour >= atBorder.filter(({ index }) => index === 0).length;
}

function inColours(census: MaskCensus): MaskCensus {
  if (census.kind === 'colours') return census;
  const colour = colourOf(census.palette, census.bitDepth);
  const recount = (counts: ReadonlyMap<number, number>): Map<number, number> => {
    const inColour = new Map<number, number>();
    for (const [value, count] of counts)
      inColour.set(colour(value), (inColour.get(colour(value)) ?? 0) + count);
    return inColour;
  };
  const counts = census.counts && recount(census.counts);
  const hasBlack = (counts?.get(0) ?? 0) > 0;
  return { ...census, kind: 'colours', counts, border: recount(census.border), hasBlack };
}

/** Pixels of every value over all masks, and in how many masks it is; null when a mask has too many. */
type Values = ReadonlyMap<number, { readonly pixels: number; readonly masks: number }>;

function valuesOf(planes: readonly MaskCensus[]): Values | null {
  const values = new Map<number, { pixels: number; masks: number }>();
  for (const { counts } of planes) {
    if (counts === null) return null;
    for (const [value, pixels] of counts) {
      const before = values.get(value) ?? { pixels: 0, masks: 0 };
      values.set(value, { pixels: before.pixels + pixels, masks: before.masks + 1 });
    }
  }
  return values;
}

/** 255 and the like, where at least one mask has it beside a class id, and everything else is a class id. */
function customarilyIgnored(
  planes: readonly MaskCensus[],
  values: Values | null,
  space: MaskRule['space'],
): number | null {
  if (values === null || space === 'colours') return null;
  const isClass = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MOST_CLASSES;
  const odd = [...values.keys()].filter((value) => !isClass(value));
  const [candidate] = odd;
  if (odd.length !== 1 || candidate === undefined || !IGNORED_BY_CUSTOM.includes(candidate)) return null;
  const besideClass = planes.some(
    ({ counts }) =>
      counts?.has(candidate) === true && [...counts.keys()].some((value) => value > 0 && isClass(value)),
  );
  return besideClass ? candidate : null;
}

const hasZero = ({ counts, least }: MaskCensus): boolean => (counts ? counts.has(0) : least === 0);

const severalIn = ({ counts }: MaskCensus, ignored: number | null): boolean =>
  counts !== null && counts.size - (ignored !== null && counts.has(ignored) ? 1 : 0) > 1;

/**
 * Null where the masks say it themselves: 0 or black is there, or one value is all there is. Where most masks hold several values and not 0, a 0
 * in some others says nothing: it may be what nobody has labelled.
 */
function backgroundVotes(
  planes: readonly MaskCensus[],
  values: Values | null,
  space: MaskRule['space'],
  ignored: number | null,
): (readonly [number, number])[] | null {
  const counted = [...(values?.keys() ?? [])].filter((value) => value !== ignored);
  if (space === 'values') {
    const withoutZero = planes.filter((plane) => !hasZero(plane) && severalIn(plane, ignored));
    if (planes.some(hasZero) && withoutZero.length * 2 <= planes.length) return null;
    if (values !== null && counted.length <= 1) return null;
  } else {
    if (planes.filter(({ hasBlack }) => hasBlack).length * 2 >= planes.length) return null;
    if (values !== null && counted.length <= 1) return null;
  }
  const votes = new Map<number, number>();
  for (const { border } of planes) {
    const vote = [...border.keys()].find((value) => value !== ignored);
    if (vote !== undefined) votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** Half the range that all spread masks have together: a mask that marks nothing has a small range of its own. */
function spreadThreshold(all: readonly MaskCensus[]): number | null {
  const spread = all.filter(({ kind, drawing }) => kind === 'values' && drawing === 'damaged');
  if (spread.length === 0) return null;
  const least = Math.min(...spread.map((census) => census.least));
  const most = Math.max(...spread.map((census) => census.most));
  return (least + most) / 2;
}

function describeValues(values: Values, planes: readonly MaskCensus[], rule: MaskRule): MaskValue[] {
  const pixels = planes.reduce((sum, plane) => sum + plane.pixels, 0);
  return [...values]
    .map(([value, { pixels: own, masks }]): MaskValue => ({
      value,
      masks,
      share: own / pixels,
      readAs: readAs(value, rule),
    }))
    .sort((a, b) => a.value - b.value);
}

/** Whether a mask reads otherwise under another rule; true where that cannot be told without its pixels. */
export function readsOtherwise(census: MaskCensus, from: MaskRule, to: MaskRule): boolean {
  const { kind, drawing, counts, least, most } = census;
  if (kind === 'transparency') return from.inverted !== to.inverted;
  if (kind === 'values' && drawing !== 'drawn') {
    const cut = ({ threshold, space }: MaskRule): number =>
      space === 'values' && threshold !== null ? threshold : (least + most) / 2;
    return from.inverted !== to.inverted || cut(from) !== cut(to);
  }
  if (counts === null || to.threshold !== null) return JSON.stringify(from) !== JSON.stringify(to);
  const colour =
    kind === 'values' && to.space === 'colours'
      ? colourOf(census.palette, census.bitDepth)
      : (value: number) => value;
  return [...counts.keys()].some((value) => readAs(value, from) !== readAs(colour(value), to));
}
