// Natural order (2 before 10) without the machine's language, so that every machine sees the same sequence.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** Compares two names as people count: "cell2" before "cell10". Ties are broken by code unit. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
