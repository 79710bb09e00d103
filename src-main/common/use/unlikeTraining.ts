import { type Measure } from '../dataset/complexity.ts';
import { MEASURE_WORDS } from '../dataset/measureWords.ts';
import { IMAGE_MEASURES, type PixelDepth, type TrainingProfile } from './trainingProfile.ts';

/** What is known of an image that is to be segmented. */
export interface LookedAt {
  readonly channels: 1 | 3;
  readonly depth: PixelDepth;
  /** Values of measures, by the profile's recipe; empty where they were not measured. */
  readonly measures: Partial<Record<Measure, number>>;
}

/** Deviations from the training images' mean, and part of their range beyond it, from which on a measure is worth a word. */
const FAR = 4;
const BEYOND = 0.25;
/** Measures named at most. */
const MOST = 3;

/**
 * In what an image differs from those that a network was trained on, as phrases for people, the greatest difference first; empty where
 * it looks like one of them. A network may be right all the same; whoever uses it should look.
 */
export function unlikeTraining(image: LookedAt, profile: TrainingProfile): string[] {
  const kinds = [
    ...(profile.channels.includes(image.channels)
      ? []
      : [image.channels === 3 ? 'in colour, trained on grey images' : 'grey, trained on colour images']),
    ...(profile.depths.includes(image.depth)
      ? []
      : [`${depthWords(image.depth)}, trained on ${profile.depths.map(depthWords).join(' and ')}`]),
  ];
  const far = IMAGE_MEASURES.flatMap((measure) => {
    const value = image.measures[measure];
    const spread = profile.complexity?.measures[measure];
    if (value === undefined || !spread) return [];
    const { mean, deviation, low, high } = spread;
    const room = BEYOND * (high - low);
    const distance = Math.abs(value - mean) / Math.max(deviation, 1e-3 * Math.abs(mean), 1e-9);
    const outside = value < low - room || value > high + room;
    return outside && distance > FAR ? [{ measure, value, low, high, distance }] : [];
  })
    .sort((a, b) => b.distance - a.distance)
    .slice(0, MOST);
  return [
    ...kinds,
    ...far.map(
      ({ measure, value, low, high }) =>
        `${MEASURE_WORDS[measure].plain.toLowerCase()} [${MEASURE_WORDS[measure].technical}] ${short(value)}, in training ${short(low)} to ${short(high)}`,
    ),
  ];
}

const depthWords = (depth: PixelDepth): string => (depth === 32 ? 'float values' : `${depth}-bit`);

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
