/**
 * Widest 90 % interval, in Dice from end to end, that a measured accuracy can test: a prediction that says no more than
 * "within 0.10" is what meta-learning reaches without any of this (van Sonsbeek & Cheplygina, arXiv 2005.08869). A wider one
 * holds for nearly every network, so that falling into it proves nothing.
 */
export const WIDEST_TESTABLE_INTERVAL = 0.2;

/** What a measured accuracy says of the prediction before it. */
export type Verdict = 'held' | 'better' | 'worse' | 'too-vague';

interface PredictedDice {
  readonly low: number;
  readonly high: number;
}

/** Width of an interval of Dice; what lies outside 0 to 1 does not count. */
export function intervalWidth({ low, high }: PredictedDice): number {
  return Math.min(1, high) - Math.max(0, low);
}

/** Holds a measured Dice against the predicted interval. A miss is a miss however wide the interval was. */
export function judgePrediction(predicted: PredictedDice, measured: number): Verdict {
  if (measured > predicted.high) return 'better';
  if (measured < predicted.low) return 'worse';
  return intervalWidth(predicted) > WIDEST_TESTABLE_INTERVAL ? 'too-vague' : 'held';
}

/** One sentence for people, the same in the window, the report and the command line. */
export function verdictWords(predicted: PredictedDice, measured: number): string {
  switch (judgePrediction(predicted, measured)) {
    case 'held':
      return 'The prediction held: the measured accuracy lies in its interval.';
    case 'better':
      return 'The prediction missed: the measured accuracy lies above its interval. A smaller network may do as well: try the next one.';
    case 'worse':
      return 'The prediction missed: the measured accuracy lies below its interval. Try the next larger network.';
    case 'too-vague':
      return (
        `The prediction was too vague to be tested: its interval spans ${intervalWidth(predicted).toFixed(2)} Dice, and nearly every network ` +
        'would have fallen into it. Probes, or calibration on more datasets like this one, narrow it.'
      );
  }
}
