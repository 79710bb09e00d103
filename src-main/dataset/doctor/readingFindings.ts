import { counted, formatDigits } from '#common/format.ts';
import type { Finding } from '#common/dataset/dataset.ts';
import { valueName } from '#common/dataset/readMaskValue.ts';
import type { ReadingChoices } from '#common/dataset/reading.ts';
import type { Remedy } from '#common/failures/remedy.ts';
import type { DecidedRule } from '../masks/decideReading.ts';

const FEW_CLASSES = 32;
const LOOK: Remedy = [{ kind: 'look-at-overlay' }, { kind: 'choose-reading' }];

/** What a person should know of how the masks of a dataset are read, and can decide otherwise. */
export function readingFindings(decided: DecidedRule, choices: ReadingChoices): Finding[] {
  return [
    ...backgroundFindings(decided),
    ...ignoredFindings(decided),
    ...(choices.classes ? [] : classFindings(decided)),
    ...(decided.palettesDiffer ? [palettesDiffer(decided.palettesDiffer)] : []),
  ];
}

const palettesDiffer = (counts: 'colours' | 'indices'): Finding => ({
  severity: 'warning',
  code: 'mask-palettes-differ',
  file: '.',
  problem: `The same index of a palette has different colours in different masks; the ${counts} are read, because the borders of the masks agree in them.`,
  remedy: LOOK,
});

function backgroundFindings({ guess, rule }: DecidedRule): Finding[] {
  if (!guess) return [];
  const name = (value: number): string => valueName(value, rule.space);
  const all = guess.votes.reduce((sum, [, masks]) => sum + masks, 0);
  const zero = rule.space === 'colours' ? 'black' : '0';
  if (!guess.clear) {
    const shares = guess.votes.slice(0, 4).map(([value, masks]) => `${name(value)} in ${masks}`);
    const [other = rule.background, masks = 0] = guess.votes.find(([value]) => value !== 0) ?? [];
    const seldom = `${counted(guess.withZero, 'mask holds', 'masks hold')} ${zero}, and most hold several values without it: either ${name(other)} is background, as at the borders of ${masks}, or most masks mark every pixel.`;
    const problem =
      guess.withZero > 0
        ? seldom
        : `No mask holds ${zero}, and the borders of the ${all} masks do not agree on another background (${shares.join(', ')}).`;
    return [{ severity: 'error', code: 'mask-background-unclear', file: '.', problem, remedy: LOOK }];
  }
  const agreeing = guess.votes[0]?.[1] ?? 0;
  const problem = `No mask holds ${zero}; ${name(rule.background)} is read as background in all ${all} masks, because the borders of ${agreeing} have it.`;
  return [{ severity: 'warning', code: 'mask-background-guessed', file: '.', problem, remedy: LOOK }];
}

function ignoredFindings({ rule, values }: DecidedRule): Finding[] {
  const found = values.find(({ readAs }) => readAs === 'ignored');
  if (!found) return [];
  const problem = `${rule.names ? 'What the annotations call a crowd or to be ignored' : valueName(found.value, rule.space)} is read as "does not count" in ${counted(found.masks, 'mask')} (${percent(found.share)} of all pixels): such pixels are left out of training and score.`;
  return [{ severity: 'info', code: 'mask-ignored', file: '.', problem, remedy: LOOK }];
}

function classFindings({ rule, values }: DecidedRule): Finding[] {
  const classes = values.filter(({ readAs }) => readAs === 'foreground');
  if (classes.length < 2 || classes.length > FEW_CLASSES) return [];
  const named = classes.map(
    ({ value, name, masks, share }) =>
      `${name ?? valueName(value, rule.space)} in ${counted(masks, 'mask')} (${percent(share)})`,
  );
  const problem = `The masks hold ${classes.length} ${rule.names ? 'classes' : 'values'} that are read as foreground together: ${named.join(', ')}.`;
  const remedy: Remedy = [
    'Nothing to do when they are single objects, or when all of them are wanted.',
    { kind: 'choose-reading' },
  ];
  return [{ severity: 'info', code: 'mask-classes', file: '.', problem, remedy }];
}

const percent = (share: number): string => `${formatDigits(share * 100, 2)} %`;
