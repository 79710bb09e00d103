import type { MaskValue, ReadingChoices } from '#common/dataset/reading.ts';

export type MaskMeaning = MaskValue['readAs'];

/** Words for what a value of a mask is read as. */
export const MEANINGS: Readonly<Record<MaskMeaning, string>> = {
  background: 'Background',
  foreground: 'Object',
  ignored: 'Does not count',
};

/**
 * What a person decides by giving one value of the masks another meaning. Only one value can be left out of counting.
 * @param values all values with what they are read as now
 */
export function giveMeaning(
  values: readonly MaskValue[],
  value: number,
  meaning: MaskMeaning,
): Pick<ReadingChoices, 'classes' | 'ignored'> {
  const now = (one: MaskValue): MaskMeaning => {
    if (one.value === value) return meaning;
    return meaning === 'ignored' && one.readAs === 'ignored' ? 'background' : one.readAs;
  };
  const classes = values.filter((one) => now(one) === 'foreground').map((one) => one.value);
  const ignored = values.find((one) => now(one) === 'ignored')?.value ?? null;
  return classes.length > 0 ? { classes, ignored } : { ignored };
}
