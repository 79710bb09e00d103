/** Which numbers a field takes. */
export interface NumberRule {
  /** Smallest number; itself not taken where `above`. */
  readonly least: number;
  readonly above?: boolean;
  readonly most: number;
  readonly whole?: boolean;
  /** Whether the field may be left empty. */
  readonly empty?: boolean;
}

export type NumberEntry =
  | { readonly kind: 'taken'; readonly value: number | undefined }
  /** The value in force stays. */
  | { readonly kind: 'refused'; readonly why: string };

/**
 * What becomes of a text in a field of numbers: never another number than the one that was typed.
 * @param inForce what stays where the text is refused
 */
export function numberEntry(text: string, rule: NumberRule, inForce?: number): NumberEntry {
  const typed = text.trim();
  if (typed === '' && rule.empty) return { kind: 'taken', value: undefined };
  const value = typed === '' ? Number.NaN : Number(typed);
  const low = rule.above ? value > rule.least : value >= rule.least;
  const fits = low && value <= rule.most && (!rule.whole || Number.isInteger(value));
  return fits
    ? { kind: 'taken', value }
    : { kind: 'refused', why: `${rangeWords(rule)}. ${staysWords(inForce)}` };
}

function staysWords(inForce: number | undefined): string {
  return inForce === undefined ? 'It stays empty.' : `It stays ${inForce}.`;
}

function rangeWords({ least, above, most, whole }: NumberRule): string {
  const what = whole ? 'a whole number' : 'a number';
  if (above) return `Give ${what} above ${least.toLocaleString('en-GB')}`;
  return `Give ${what} from ${least.toLocaleString('en-GB')} to ${most.toLocaleString('en-GB')}`;
}
