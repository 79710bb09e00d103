import type { DatasetReading, MaskRule, MaskValue, ReadingChoices } from './reading.ts';

/** What holds where nothing was decided: the first channel, 0 is background, everything else is foreground. */
export const PLAIN_READING: DatasetReading = {
  channel: 0,
  masks: {
    space: 'values',
    background: 0,
    ignored: null,
    foreground: null,
    inverted: false,
    threshold: null,
  },
};

/** Value of what an annotation file says does not count, in the masks that are painted of it. */
export const DRAWN_IGNORED = 65_535;

/** A reading as a person's choices change it. */
export function chosenReading({ channel, masks }: DatasetReading, choices: ReadingChoices): DatasetReading {
  return {
    channel: choices.channel ?? channel,
    masks: {
      ...masks,
      background: choices.background ?? masks.background,
      ignored: choices.ignored === undefined ? masks.ignored : choices.ignored,
      foreground: choices.classes ?? masks.foreground,
      inverted: choices.inverted ?? masks.inverted,
    },
  };
}

/** A stored value as people write it: "3", or "#ff0000" of a colour. */
export function valueName(value: number, space: MaskRule['space']): string {
  return space === 'colours' ? `#${value.toString(16).padStart(6, '0')}` : String(value);
}

/** Reads what `valueName` writes; null when it is neither. */
export function parseValue(text: string): number | null {
  const colour = /^#([0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (colour !== undefined) return Number.parseInt(colour, 16);
  const value = Number(text.trim());
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}

/** What a stored value is read as. */
export function readAs(value: number, rule: MaskRule): MaskValue['readAs'] {
  if (rule.ignored !== null && value === rule.ignored) return 'ignored';
  const marked = rule.foreground === null ? value !== rule.background : rule.foreground.includes(value);
  return marked !== rule.inverted ? 'foreground' : 'background';
}
