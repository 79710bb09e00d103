import type { DatasetCurve } from './curves/datasetCurve.ts';
import type { Explanation } from './curves/explanation.ts';

interface Basis {
  readonly curves: readonly DatasetCurve[];
  /** Datasets that could not be compared. */
  readonly leftOut: number;
  readonly explanation: Explanation;
  /** How many sizes were measured on the dataset itself. */
  readonly probes: number;
  /** First-level width of the base network. */
  readonly width: number;
  readonly alphas: readonly number[];
  /** How many of the curves were estimated from another network's, and which. */
  readonly borrowed: number;
  readonly lender: string | null;
}

/** In plain words, what the reader must know of what a prediction rests on. */
export function predictionWarnings(basis: Basis): string[] {
  const { curves, leftOut, explanation, probes, width, alphas, borrowed, lender } = basis;
  return [
    ...blindness(explanation, probes),
    ...scarcity(curves.length),
    ...(borrowed > 0
      ? [
          `This network was calibrated on ${curves.length - borrowed} datasets only. ${borrowed} more were calibrated with ${lender ?? 'another network'}, whose accuracy stands in, moved by what both differ in on the same datasets: a probe tells more.`,
        ]
      : []),
    ...(leftOut > 0
      ? [`${leftOut} calibrated datasets are left out: their segmentability was never measured.`]
      : []),
    ...beyondSizes(curves, width, alphas),
  ];
}

function blindness({ level, drop }: Explanation, probes: number): string[] {
  if (level.length + drop.length > 0 || probes > 0) return [];
  return ['This is the average of other datasets and does not depend on your images.'];
}

function scarcity(datasets: number): string[] {
  if (datasets >= 5) return [];
  const known =
    datasets === 1 ? 'Only one dataset was calibrated' : `Only ${datasets} datasets were calibrated`;
  return [
    datasets < 3
      ? `${known}: the error on unseen datasets cannot be estimated, and the interval rests on assumptions. Calibrate at least three, better eight.`
      : `${known}: the interval is wide, and the images are hardly used. Calibrate eight or more, or train a probe.`,
  ];
}

/** Whether a first-level width is narrower or wider than every calibrated one. */
export function outsideWidths(curves: readonly DatasetCurve[]): (width: number) => boolean {
  const [narrowest, widest] = calibratedWidths(curves);
  return (width) => width < narrowest - TOLERANCE || width > widest + TOLERANCE;
}

/** Factors such as 1/3 make widths that are not whole. */
const TOLERANCE = 1e-4;

function calibratedWidths(curves: readonly DatasetCurve[]): [number, number] {
  const widths = curves.flatMap(({ sizes }) => sizes.map(({ width }) => width));
  return [Math.min(...widths), Math.max(...widths)];
}

function beyondSizes(curves: readonly DatasetCurve[], base: number, alphas: readonly number[]): string[] {
  const [narrowest, widest] = calibratedWidths(curves);
  const asked = alphas.map((alpha) => alpha * base);
  const filters = (value: number): string =>
    `${Number(value.toPrecision(3))} ${value === 1 ? 'filter' : 'filters'}`;
  return [
    ...(asked.some((width) => width < narrowest - TOLERANCE)
      ? [
          `Networks narrower than ${filters(narrowest)} in the first level were never calibrated; their accuracy is extrapolated.`,
        ]
      : []),
    ...(asked.some((width) => width > widest + TOLERANCE)
      ? [
          `Networks wider than ${filters(widest)} in the first level were never calibrated: their accuracy is extrapolated by a curve that levels off.`,
        ]
      : []),
  ];
}
