import { CcnetError } from '#common/errors.ts';
import { parseValue } from '#common/dataset/readMaskValue.ts';
import { AXES } from '#common/dataset/axes.ts';
import { type IntensityWindow, type ReadingChoices, type SliceChoice } from '#common/dataset/reading.ts';
import type { Invocation, OptionSpec } from './command.ts';
import { numberOption, textOption, wordOption } from './readOptions.ts';

/** How masks and channels are read, where a person decides it. */
export const READING: Readonly<Record<string, OptionSpec>> = {
  classes: {
    value: 'LIST',
    help: 'values of the masks that are foreground, such as 2 or 1,3 or #ff0000, or names of annotations such as tumour,stroma; all others are background',
  },
  invert: { help: 'exchange foreground and background' },
  background: { value: 'VALUE', help: 'value of the masks that is background, such as 1 or #ffffff' },
  ignore: {
    value: 'VALUE',
    help: 'value of pixels that count neither in training nor in the score; none: every pixel counts',
  },
  masks: {
    value: 'NAME',
    help: 'which of several kinds of masks, as the doctor names them: a folder such as nuclei/, a word, annotations, or several as one, such as left/,right/',
  },
  axis: {
    value: 'AXIS',
    help: 'of NIfTI volumes: axial, coronal or sagittal slices, by their orientation in the body; axial if not given',
  },
  window: {
    value: 'C,W',
    help: 'of DICOM and NIfTI: values shown from black to white, by centre and width such as 40,400; file: what each file asks for; the full range if not given',
  },
  planes: {
    value: 'N|max',
    help: 'of stacks in depth (ImageJ, OME-TIFF): one plane, from 1, or max for the brightest of all; each plane by itself if not given',
  },
  slices: {
    value: 'RULE',
    help: 'of volumes and stacks: a range such as 20-80, every N-th such as 20-80/3 or /3, marked: only those whose mask marks something',
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
  const masks = textOption(options, 'masks');
  const axis = textOption(options, 'axis');
  const window = textOption(options, 'window');
  const planes = textOption(options, 'planes');
  const slices = textOption(options, 'slices');
  const choices: ReadingChoices = {
    ...(classes === undefined ? {} : classChoice(classes)),
    ...(masks === undefined ? {} : { masksFrom: masks }),
    ...(axis === undefined ? {} : { axis: wordOption(options, 'axis', AXES, 'axial') }),
    ...(window === undefined ? {} : { window: windowOf(window) }),
    ...(planes === undefined ? {} : { planes: planesOf(planes) }),
    ...(slices === undefined ? {} : { slices: slicesOf(slices) }),
    ...(background === undefined ? {} : { background: value('background', background) }),
    ...(ignore === undefined ? {} : { ignored: ignore === 'none' ? null : value('ignore', ignore) }),
    ...(channel === undefined ? {} : { channel: channel - 1 }),
    ...(options['invert'] === true ? { inverted: true } : {}),
  };
  return Object.keys(choices).length > 0 ? choices : undefined;
}

/** Values where all are values, names otherwise. */
function classChoice(list: string): Pick<ReadingChoices, 'classes' | 'classNames'> {
  const texts = list
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (texts.length === 0) throw new CcnetError('option-not-a-mask-value', { option: 'classes', given: list });
  const values = texts.map(parseValue);
  const known = values.filter((one) => one !== null);
  return known.length === values.length ? { classes: known } : { classNames: texts };
}

function windowOf(text: string): IntensityWindow {
  if (text === 'file') return 'file';
  const [centre = Number.NaN, width = Number.NaN, ...more] = text.split(',').map(Number);
  if (more.length > 0 || !Number.isFinite(centre) || !(width > 0) || !Number.isFinite(width))
    throw new CcnetError('option-not-a-window', { given: text });
  return { centre, width };
}

function planesOf(text: string): NonNullable<ReadingChoices['planes']> {
  if (text === 'max') return text;
  const plane = Number(text);
  if (!Number.isInteger(plane) || plane < 1)
    throw new CcnetError('option-not-a-number', { option: 'planes', given: text });
  return plane - 1;
}

function slicesOf(text: string): SliceChoice {
  if (text === 'marked') return { marked: true };
  const [, from, to, every] = /^(?:(\d+)-(\d+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const choice = {
    ...(from === undefined ? {} : { from: Number(from) }),
    ...(to === undefined ? {} : { to: Number(to) }),
    ...(every === undefined ? {} : { every: Number(every) }),
  };
  const isWrong = Object.values(choice).some((one) => one < 1) || Number(from ?? 1) > Number(to ?? from ?? 1);
  if (isWrong || Object.keys(choice).length === 0) throw new CcnetError('option-not-slices', { given: text });
  return choice;
}
