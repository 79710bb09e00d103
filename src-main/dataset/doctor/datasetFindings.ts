import { counted } from '#common/format.ts';
import type { Finding, Sample } from '#common/dataset/dataset.ts';
import type { DatasetReading } from '#common/dataset/reading.ts';
import type { ExaminedSample } from './examinePair.ts';
import { oddMaskFindings } from './oddMaskFindings.ts';
import { FEW_IMAGES, FEWEST_IMAGES } from '../decoding/limits.ts';
import type { Remedy } from '#common/failures/remedy.ts';
import { MASKS_OF_ONE_KIND } from '#common/failures/dataset.ts';
import { marksOfAll } from '../masks/marksOfAll.ts';
import { looksOrdered } from '../pairing/looksOrdered.ts';
import { ownGroups, tooFewVolumes } from '../splits/ownGroups.ts';
import { proposeGroups } from '../splits/proposeGroups.ts';

const MOSTLY_FOREGROUND = 0.8;

/** What can be said only of all usable samples together: duplicates, mixtures, too few, an order in time or depth. */
export function datasetFindings(examined: readonly ExaminedSample[], { channel }: DatasetReading): Finding[] {
  const samples = examined.map(({ sample }) => sample);
  return [
    ...fewFindings(samples),
    ...duplicateFindings(samples),
    ...mixtureFindings(examined),
    ...channelFindings(examined, channel),
    ...minIsWhiteFindings(examined),
    ...oneKindFindings(samples),
    ...foregroundFindings(samples),
    ...oddMaskFindings(examined),
    ...orderFindings(examined),
    ...groupFindings(samples),
    ...volumeFindings(samples),
  ];
}

function whole(
  severity: Finding['severity'],
  code: string,
  problem: string,
  remedy: Finding['remedy'],
): Finding {
  return { severity, code, file: '.', problem, remedy };
}

function fewFindings(samples: readonly Sample[]): Finding[] {
  const different = new Set(samples.map((sample) => sample.imageHash)).size;
  if (different < FEWEST_IMAGES) {
    const problem = `Only ${different} different usable image(s): training, validation and test need one each.`;
    return [
      whole(
        'error',
        'too-few-images',
        problem,
        `Add pairs until there are at least ${FEWEST_IMAGES}, better ${FEW_IMAGES} or more.`,
      ),
    ];
  }
  if (different >= FEW_IMAGES) return [];
  const problem = `Only ${different} different usable images: measured accuracies will vary much with the split.`;
  return [
    whole(
      'warning',
      'few-images',
      problem,
      `Add annotated images if you can; ${FEW_IMAGES} is a useful minimum.`,
    ),
  ];
}

function duplicateFindings(samples: readonly Sample[]): Finding[] {
  const groups = Map.groupBy(samples, ({ imageHash }) => imageHash);
  return [...groups.values()].flatMap((group) => {
    const [first, ...copies] = group;
    if (first === undefined || copies.length === 0) return [];
    const splits = new Set(group.map((sample) => sample.givenSplit));
    const masks = new Set(group.map((sample) => sample.maskHash));
    return copies.map((copy): Finding => {
      const same = `The same pixels as ${first.image}${first.page > 0 ? ` (page ${first.page + 1})` : ''}`;
      const file = copy.image;
      if (splits.size > 1) {
        const problem = `${same}, which lies in another split: the test would be no test.`;
        return {
          severity: 'warning',
          code: 'leakage',
          file,
          problem,
          remedy: 'All copies are kept in one split; remove all but one.',
        };
      }
      return masks.size > 1
        ? {
            severity: 'warning',
            code: 'conflicting-masks',
            file,
            problem: `${same}, but with another mask.`,
            remedy: 'Keep the better one.',
          }
        : {
            severity: 'warning',
            code: 'duplicate',
            file,
            problem: `${same}, with the same mask.`,
            remedy: 'Remove one; copies always share a split.',
          };
    });
  });
}

function mixtureFindings(examined: readonly ExaminedSample[]): Finding[] {
  const findings: Finding[] = [];
  const count = (holds: (entry: ExaminedSample) => boolean): number => examined.filter(holds).length;
  const colour = count(({ sample }) => sample.channels === 3);
  const grey = examined.length - colour;
  if (colour > 0 && grey > 0) {
    const problem = `${counted(grey, 'image is', 'images are')} grey and ${colour} in colour; grey ones are read as three equal channels.`;
    findings.push(
      whole(
        'warning',
        'mixed-channels',
        problem,
        'Check that all images come from the same kind of instrument.',
      ),
    );
  }
  const depths = [...new Set(examined.map(({ sample }) => sample.bitDepth))].sort((a, b) => a - b);
  if (depths.length > 1) {
    const shares = depths.map(
      (depth) => `${count(({ sample }) => sample.bitDepth === depth)} with ${depth} bits`,
    );
    const problem = `Depths are mixed: ${shares.join(', ')}. Each is scaled to its own range.`;
    findings.push(whole('warning', 'mixed-depths', problem, 'Export all images with the same depth.'));
  }
  const greyAsColour = count((entry) => entry.greyStoredAsColour);
  if (greyAsColour > 0) {
    const problem = `${counted(greyAsColour, 'image stores', 'images store')} grey as three equal channels and ${greyAsColour === 1 ? 'counts' : 'count'} as grey.`;
    findings.push(whole('info', 'grey-as-colour', problem, 'Nothing to do.'));
  }
  const alpha = count((entry) => entry.hasAlpha);
  if (alpha > 0) {
    const problem = `${counted(alpha, 'image has', 'images have')} transparent pixels; transparency is ignored.`;
    findings.push(
      whole('info', 'alpha-ignored', problem, 'If transparency hides something, flatten the images.'),
    );
  }
  return findings;
}

/** Channels of fluorescence and the like are chosen and never taken for slices. */
function channelFindings(examined: readonly ExaminedSample[], channel: number): Finding[] {
  const several = examined.filter(({ fileChannels }) => fileChannels > 1);
  const [first] = several;
  if (!first) return [];
  const counts = [...new Set(several.map(({ fileChannels }) => fileChannels))].sort((a, b) => a - b);
  const names = first.channelNames.length > 0 ? ` (${first.channelNames.join(', ')})` : '';
  const problem = `${counted(several.length, 'image has', 'images have')} ${counts.join(' or ')} channels${names}; channel ${channel + 1} is read.`;
  const remedy: Remedy = [
    'Check that it is the channel on which the masks were drawn.',
    { kind: 'choose-reading' },
  ];
  return [{ severity: 'warning', code: 'several-channels', file: '.', problem, remedy }];
}

function minIsWhiteFindings(examined: readonly ExaminedSample[]): Finding[] {
  const masks = examined.filter(({ maskMinIsWhite }) => maskMinIsWhite).length;
  if (masks === 0) return [];
  const problem = `${counted(masks, 'mask says', 'masks say')} by the photometric tag that 0 is white; what is stored counts, 0 is background.`;
  const remedy: Remedy = [{ kind: 'look-at-overlay' }, { kind: 'choose-reading' }];
  return [{ severity: 'info', code: 'mask-min-is-white', file: '.', problem, remedy }];
}

/** Masks that teach nothing, because none of them tells foreground from background. */
function oneKindFindings(samples: readonly Sample[]): Finding[] {
  const marks = marksOfAll(samples);
  if (marks === null) return [];
  const { problem, remedy } = MASKS_OF_ONE_KIND[marks];
  return [whole('error', 'masks-of-one-kind', problem(samples.length), remedy)];
}

function foregroundFindings(samples: readonly Sample[]): Finding[] {
  const mean = samples.reduce((sum, sample) => sum + sample.foreground, 0) / Math.max(1, samples.length);
  if (mean <= MOSTLY_FOREGROUND) return [];
  const problem = `On average ${Math.round(mean * 100)} % of the pixels are foreground.`;
  return [
    whole('warning', 'mostly-foreground', problem, [
      'Check that object and background were not mixed up; 0 means background.',
      { kind: 'choose-reading' },
    ]),
  ];
}

function orderFindings(examined: readonly ExaminedSample[]): Finding[] {
  if (!looksOrdered(examined.map((entry) => entry.thumbnail))) return [];
  const problem =
    'Images that follow each other look alike, as in a movie or a stack: a random split would test on near-copies.';
  return [whole('info', 'looks-ordered', problem, { kind: 'split-in-blocks' })];
}

/** Slices of one volume or patient lie in one split; of fewer than three there is none for each. */
function volumeFindings(samples: readonly Sample[]): Finding[] {
  const few = tooFewVolumes(samples);
  if (few !== null) {
    const problem = `All slices are of ${few === 1 ? 'one volume or patient' : `${few} volumes or patients`}, so that training and test share them: what is measured holds for these alone.`;
    const remedy = `Add volumes until there are at least ${FEWEST_IMAGES}. Until then slices are dealt in blocks of neighbours.`;
    return [whole('warning', 'few-volumes', problem, remedy)];
  }
  const groups = new Set(ownGroups(samples)?.filter((group) => group !== null));
  if (groups.size === 0) return [];
  const problem = `The slices of each of the ${groups.size} volumes or patients are kept in one split.`;
  return [whole('info', 'volumes-kept', problem, 'Nothing to do.')];
}

function groupFindings(samples: readonly Sample[]): Finding[] {
  // Slices belong together already; whether their volumes do is another question.
  const own = samples.every(({ group }) => group) ? [...new Set(ownGroups(samples))] : null;
  const proposed = proposeGroups(own?.flatMap((name) => name ?? []) ?? samples.map((sample) => sample.name));
  if (!proposed) return [];
  const { groups, examples, pattern } = proposed;
  const problem =
    `The names suggest ${groups} groups (${examples.join(', ')}${groups > examples.length ? ', ...' : ''}), such as patients, slides or films. ` +
    'With images of one of them in training and in the test, the test looks better than the network is.';
  return [whole('warning', 'groups-in-names', problem, { kind: 'keep-groups', pattern })];
}
