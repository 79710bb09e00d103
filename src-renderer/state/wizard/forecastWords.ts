import type { DeviceId } from '#common/device/device.ts';
import { formatBytes } from '#common/format.ts';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import { timeLeft } from '../window/words.ts';

/** A training, or several one after the other, as the user has set it up. */
export interface PlannedTrainings {
  /** Of each on this processor, for `usualEpochs`; null where it is not known. */
  readonly forecasts: readonly (Pick<TrainingForecast, 'seconds' | 'peakBytes'> | null)[];
  readonly usualEpochs: number;
  readonly epochs: number;
  readonly device: DeviceId;
}

/** What trainings take, for the fields as they stand: "about 4 min, up to 620 MB of memory". */
export function plannedWords({ forecasts, usualEpochs, epochs, device }: PlannedTrainings): string {
  // Steps were timed on the processor alone.
  if (device !== 'native') return 'How long it takes on this device is told as soon as it has begun.';
  const known = forecasts.filter((one) => one !== null);
  if (known.length === 0 || known.length < forecasts.length)
    return 'How long it takes is told as soon as it has begun.';
  const seconds = known.reduce((sum, one) => sum + one.seconds, 0) * (epochs / usualEpochs);
  const peaks = known.flatMap(({ peakBytes }) => peakBytes ?? []);
  const memory = peaks.length > 0 ? `, up to ${formatBytes(Math.round(Math.max(...peaks)))} of memory` : '';
  return `Takes ${timeLeft(seconds)}${memory}.`;
}
