import { availableParallelism } from 'node:os';
import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { CcnetError, throwIfCancelled } from '#common/errors.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import type { DatasetReading, ImageReading, MaskRule, ReadingChoices } from '#common/dataset/reading.ts';
import { type DecidedRule, decideReading, drawnRule, readsOtherwise } from '../masks/decideReading.ts';
import { alikeFindings, alikePairs } from './alikeFindings.ts';
import { datasetFindings } from './datasetFindings.ts';
import { readingFindings } from './readingFindings.ts';
import type { Discovery } from '../pairing/discoverPairs.ts';
import type { FilePair } from '../pairing/filePair.ts';
import { discoverSamples, type SampleDiscovery } from '../pairing/discoverSamples.ts';
import { examinePair, type PairExamination } from './examinePair.ts';
import { ANNOTATIONS, chosenSources } from '../pairing/maskSource.ts';
import { mapConcurrently } from '../mapConcurrently.ts';
import type { ManualPair } from '../pairing/manualPairs.ts';
import { manualPairs } from '../pairing/manualPairs.ts';
import { toldIgnored } from '../masks/toldIgnored.ts';
import { timeLeft } from './timeLeft.ts';

export interface ExamineOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Pairs made by hand; no naming convention is looked for then. */
  readonly pairing?: readonly ManualPair[];
  /** What a person decides about the reading of the files. */
  readonly choices?: ReadingChoices;
}

/**
 * The doctor: finds all pairs, decodes each once (a few at a time), and lists the usable samples, in natural order, and
 * everything that was noticed, errors first.
 *
 * @throws nothing-usable when no pair can be used (its facts hold the findings); CancelledError when aborted;
 *   pairing-names-unknown-file
 */
export async function examineDataset(
  source: DatasetSource,
  options: ExamineOptions = {},
): Promise<Examination> {
  const { signal, onProgress, pairing, choices = {} } = options;
  throwIfCancelled(signal, 'The check of the data set');
  const { files, refused } = await source.list();
  const paths = files.map((file) => file.path);
  const check = (): void => throwIfCancelled(signal, 'The check of the data set');
  const found = await discoverSamples(source, files, check, choices.masksFrom);
  const discovery = pairing ? { ...found, ...manualPairs(pairing, paths) } : found;
  const { classes } = found;
  const maskSources = pairing ? [] : maskSourcesOf(found, choices.masksFrom);
  const masks = discovery.pairs.flatMap((pair) => pair.masks);
  const told = choices.ignored === undefined ? await toldIgnored(source, files, masks) : undefined;
  const chosen = {
    ...namedChoices(choices, classes),
    ...(told === undefined ? {} : { ignored: told }),
  };
  const { examined, reading, decided } = await examineAll(
    source,
    discovery.pairs,
    chosen,
    classes,
    signal,
    onProgress,
  );
  const usable = examined.flatMap((examination) => examination.samples);
  const alike = alikePairs(usable);
  const findings = [
    ...refused,
    ...discovery.findings.filter((finding) => !isChoosable(finding, maskSources)),
    ...sourceFindings(maskSources, choices.masksFrom !== undefined),
    ...examined.flatMap((examination) => examination.findings),
    ...(usable.length > 0
      ? [
          ...readingFindings(decided, chosen),
          ...datasetFindings(usable, reading),
          ...alikeFindings(
            usable.map(({ sample }) => sample),
            alike,
          ),
        ]
      : []),
  ];
  const result: Examination = {
    root: source.root,
    convention: discovery.convention,
    samples: usable.map((entry) => entry.sample),
    findings: errorsFirst(findings),
    reading: { ...reading, ...selectionOf(choices, pairing !== undefined) },
    maskValues: [...decided.values],
    maskSources,
    candidates: found.candidates,
    alike,
    fileChannels: Math.max(1, ...usable.map(({ fileChannels }) => fileChannels)),
  };
  if (usable.length === 0) throw nothingUsable(result, discovery, paths.length);
  return result;
}

/** Every pair once by what is known beforehand; then those again that read otherwise under what all masks together say. */
async function examineAll(
  source: DatasetSource,
  pairs: readonly FilePair[],
  choices: ReadingChoices,
  classes: readonly string[],
  signal: AbortSignal | undefined,
  onProgress: OnProgress | undefined,
): Promise<{ examined: PairExamination[]; reading: DatasetReading; decided: DecidedRule }> {
  const check = (): void => throwIfCancelled(signal, 'The check of the data set');
  const each = async (
    of: readonly FilePair[],
    reading: DatasetReading,
    stage: string,
  ): Promise<PairExamination[]> => {
    const started = performance.now();
    let done = 0;
    return mapConcurrently(of, Math.min(4, availableParallelism()), async (pair) => {
      check();
      const examination = await examinePair(source, pair, reading, choices.slices ?? {}, check);
      done += 1;
      const secondsLeft = timeLeft(started, done, of.length);
      onProgress?.({ stage, done, total: of.length, unit: 'images', secondsLeft });
      return examination;
    });
  };
  const images = imageReadingOf(choices);
  const first = {
    ...images,
    masks: classes.length > 0 ? drawnRule(choices, classes) : firstRule(choices),
  };
  const examined = await each(pairs, first, 'Checking images');
  const decided = decideReading(
    examined.flatMap(({ censuses }) => censuses),
    choices,
    classes,
  );
  const reading = { ...images, masks: decided.rule };
  const otherwise = [...examined.keys()].filter((index) =>
    examined[index]?.censuses.some((census) => readsOtherwise(census, first.masks, decided.rule)),
  );
  const again = otherwise.flatMap((index) => pairs[index] ?? []);
  const reread = again.length > 0 ? await each(again, reading, 'Reading masks again') : [];
  otherwise.forEach((index, position) => {
    const examination = reread[position];
    if (examination) examined[index] = examination;
  });
  return { examined, reading, decided };
}

/** The kinds of masks among which a person can choose; none where there is one. */
function maskSourcesOf(
  { maskSources, annotations, pairs, classes }: SampleDiscovery,
  chosen: string | undefined,
): NonNullable<Examination['maskSources']> {
  const all = [...maskSources].map(([name, masks]) => ({ name, masks }));
  if (annotations > 0) all.push({ name: ANNOTATIONS, masks: annotations });
  const names = all.map(({ name }) => name);
  const meant = new Set(chosen === undefined ? [] : chosenSources(names, chosen));
  if (chosen !== undefined && meant.size === 0)
    throw new CcnetError('masks-unknown', { name: chosen, known: names });
  if (all.length < 2) return [];
  const isUsed = (name: string): boolean => {
    if (classes.length > 0) return name === ANNOTATIONS;
    return chosen === undefined ? pairs.some(({ kinds = [] }) => kinds.includes(name)) : meant.has(name);
  };
  return all.map((one) => ({ ...one, used: isUsed(one.name) }));
}

const MOST_NAMED = 12;

/** Several kinds of masks: a person may want another than is used, or one of those that count together. */
function sourceFindings(sources: NonNullable<Examination['maskSources']>, isChosen: boolean): Finding[] {
  const told = (ones: typeof sources): string[] => [
    ...ones.slice(0, MOST_NAMED).map(({ name, masks }) => `${name} (${masks})`),
    ...(ones.length > MOST_NAMED ? [`... (${ones.length} kinds)`] : []),
  ];
  const used = sources.filter((one) => one.used);
  const others = told(sources.filter((one) => !one.used));
  if (used.length === 0) return [];
  const rest = others.length > 0 ? `; there are also ${others.join(', ')}` : '';
  return [
    {
      severity: used.length > 1 && !isChosen ? 'warning' : 'info',
      code: 'several-mask-kinds',
      file: '.',
      problem:
        used.length > 1
          ? `Masks of ${used.length} kinds count as one: ${told(used).join(', ')}${rest}.`
          : `Masks are taken from ${told(used).join('')}${rest}.`,
      remedy: { kind: 'choose-masks' },
    },
  ];
}

/** Whether a finding tells of masks that are not used, which the choice of a kind tells better. */
function isChoosable({ code }: Finding, sources: NonNullable<Examination['maskSources']>): boolean {
  return code === 'other-masks-ignored' && sources.some(({ used }) => used);
}

/** How images are read, as far as a person decides it. */
function imageReadingOf({ channel, axis, window, planes }: ReadingChoices): ImageReading {
  return {
    channel: channel ?? PLAIN_READING.channel,
    ...(axis === undefined ? {} : { axis }),
    ...(window === undefined ? {} : { window }),
    ...(planes === undefined ? {} : { planes }),
  };
}

/** What a person chose of the files, to be told with the reading; nothing where nothing was chosen. */
function selectionOf(
  { masksFrom, slices }: ReadingChoices,
  pairedByHand: boolean,
): Pick<DatasetReading, 'selection'> {
  const selection = {
    ...(masksFrom === undefined ? {} : { masksFrom }),
    ...(slices === undefined ? {} : { slices }),
    ...(pairedByHand ? { pairedByHand } : {}),
  };
  return Object.keys(selection).length > 0 ? { selection } : {};
}

/** Choices by the values of classes in place of their names. @throws class-unknown, which lists those that there are */
function namedChoices(choices: ReadingChoices, known: readonly string[]): ReadingChoices {
  const { classNames } = choices;
  if (!classNames) return choices;
  const values = classNames.map((name) => {
    const index = known.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    if (index < 0) throw new CcnetError('class-unknown', { name, known: [...known] });
    return index + 1;
  });
  return { ...choices, classes: values };
}

/** The rule before any mask was seen. */
function firstRule({ background, ignored, classes, inverted }: ReadingChoices): MaskRule {
  return {
    ...PLAIN_READING.masks,
    background: background ?? 0,
    ignored: ignored ?? null,
    foreground: classes ?? null,
    inverted: inverted ?? false,
  };
}

function errorsFirst(findings: readonly Finding[]): Finding[] {
  const order = { error: 0, warning: 1, info: 2 };
  return [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
}

function nothingUsable(result: Examination, discovery: Discovery, files: number): CcnetError {
  const { root, findings } = result;
  const { counted, candidates, pairs } = discovery;
  return new CcnetError('nothing-usable', {
    root,
    pairs: pairs.length,
    files,
    ...counted,
    candidates,
    maskSources: result.maskSources ?? [],
    findings,
  });
}
