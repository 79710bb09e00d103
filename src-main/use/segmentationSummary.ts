import { counted, formatDice, formatDuration, formatPercent } from '#common/format.ts';
import { problemOf } from '#common/failures/failures.ts';
import { type NetworkCard, networkWords } from '#common/use/networkCard.ts';
import type { SegmentResult } from '#contract/jobs/segmentKind.ts';

type Told = Omit<SegmentResult, 'table' | 'summary'>;

/** The outcome of a segmentation in a few lines: the same in the summary and on the command line. */
export function segmentationLines({ pages, failed, resumed, threshold, seconds }: Told): string[] {
  const objects = pages.reduce((sum, page) => sum + page.objects, 0);
  const shares = pages.map(({ area, width, height }) => area / (width * height));
  const scored = pages.flatMap(({ dice }) => (dice === null ? [] : [dice]));
  const unlike = pages.filter((page) => page.unlike.length > 0);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return [
    `${counted(pages.length, 'image')} segmented in ${formatDuration(seconds)}${resumed > 0 ? `, of which ${resumed} by an earlier run` : ''}; foreground where the probability is above ${threshold}.`,
    `${counted(objects, 'object')}; ${formatPercent(mean(shares))} of an image is foreground on average.`,
    ...(scored.length > 0
      ? [
          `Mean Dice of the ${counted(scored.length, 'image')} with a drawn mask: ${formatDice(mean(scored))}.`,
        ]
      : []),
    ...(unlike.length > 0
      ? [
          `${counted(unlike.length, 'image')} ${unlike.length === 1 ? 'differs' : 'differ'} from the training images, so look at what was found there: ${unlike[0]?.image ?? ''} (${unlike[0]?.unlike.join('; ') ?? ''})${unlike.length > 1 ? ', and others in the table' : ''}.`,
        ]
      : []),
    ...failed.map(({ image, failure }) => `Not segmented: ${image}. ${problemOf(failure)}`),
  ];
}

/** The page that lies beside the masks, as Markdown. */
export function segmentationSummary(card: NetworkCard, result: Told): string {
  return [
    '# Segmentation',
    '',
    `By ${networkWords(card.network)}, trained on ${card.dataset.name} (run ${card.run}, weights ${card.weights.slice(0, 12)}) with ${card.product}. Dice on its ${card.test.images} test images: ${formatDice(card.test.dice)}.`,
    'Research software, not a medical device.',
    '',
    ...segmentationLines(result).map((line) => `- ${line}`),
    '',
    '`measurements.csv` has a line for each image: areas in pixels, and in square micrometres where the file says how large a pixel is. Objects are',
    'foreground that hangs together over edges or corners of pixels. In masks 0 is background and 255 foreground.',
    '',
  ].join('\n');
}
