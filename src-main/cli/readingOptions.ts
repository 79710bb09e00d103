import { CcnetError } from '#common/errors.ts';
import { parseValue } from '#common/dataset/readMaskValue.ts';
import type { ReadingChoices } from '#common/dataset/reading.ts';
import type { Invocation, OptionSpec } from './command.ts';
import { numberOption, textOption } from './readOptions.ts';

/** How masks and channels are read, where a person decides it. */
export const READING: Readonly<Record<string, OptionSpec>> = {
  classes: {
    value: 'LIST',
    help: 'values of the masks that are foreground, such as 2 or 1,3 or #ff0000; all others are background',
  },
  invert: { help: 'exchange foreground and background' },
  background: { value: 'VALUE', help: 'value of the masks that is background, such as 1 or #ffffff' },
  ignore: {
    value: 'VALUE',
    help: 'value of pixels that count neither in training nor in the score; none: every pixel counts',
  },
  'image-channel': { value: 'N', help: 'channel to read of images that have several, from 1' },
};

/** @throws option-not-a-mask-value, option-not-a-number, option-out-of-range */
export function readingChoices(options: Invocation['options']): ReadingChoices | undefined {
  const value = (name: string, text: string): number => {
    const parsed = parseValue(text);
    if (parsed === null) throw new CcnetError('option-not-a-mask-value', { option: name, given: text });
    return parsed;
  };
  const classes = textOption(options, 'classes');
  const background = textOption(options, 'background');
  const ignore = textOption(options, 'ignore');
  const channel = numberOption(options, 'image-channel');
  if (channel !== undefined && !(Number.isInteger(channel) && channel >= 1)) {
    throw new CcnetError('option-not-a-number', { option: 'image-channel', given: String(channel) });
  }
  const choices: ReadingChoices = {
    ...(classes === undefined ? {} : { classes: classes.split(',').map((text) => value('classes', text)) }),
    ...(background === undefined ? {} : { background: value('background', background) }),
    ...(ignore === undefined ? {} : { ignored: ignore === 'none' ? null : value('ignore', ignore) }),
    ...(channel === undefined ? {} : { channel: channel - 1 }),
    ...(options['invert'] === true ? { inverted: true } : {}),
  };
  return Object.keys(choices).length > 0 ? choices : undefined;
}
