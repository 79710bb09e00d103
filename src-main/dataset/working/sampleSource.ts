import type { Sample, TestSource } from '#common/dataset/dataset.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import type { DatasetReading } from '#common/dataset/reading.ts';
import { throwIfCancelled } from '#common/errors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { type LoadedSample, loadWorkingSample } from './loadWorkingSample.ts';

/** Channels that hold every sample of a data set: 3 as soon as one is in colour. */
export function datasetChannels(samples: readonly Pick<Sample, 'channels'>[]): 1 | 3 {
  return samples.some((sample) => sample.channels === 3) ? 3 : 1;
}

/**
 * Random access to samples at the working resolution; nothing is kept between calls.
 * @param options channels: those of the data set as a whole when absent; reading: the plain one when absent
 */
export function sampleSource(
  source: DatasetSource,
  samples: readonly Sample[],
  options: {
    readonly workingSide: number;
    readonly channels?: 1 | 3;
    readonly reading?: DatasetReading;
  },
): TestSource {
  const channels = options.channels ?? datasetChannels(samples);
  const reading = options.reading ?? PLAIN_READING;
  const loadDrawn = (index: number, signal?: AbortSignal): Promise<LoadedSample> => {
    throwIfCancelled(signal, 'Loading');
    const sample = samples[index];
    if (!sample) throw new RangeError(`Sample ${index} of ${samples.length} does not exist.`);
    return loadWorkingSample(source, sample, { workingSide: options.workingSide, channels, reading });
  };
  return {
    length: samples.length,
    channels,
    load: (index, signal) => loadDrawn(index, signal).then(({ sample }) => sample),
    loadDrawn,
  };
}
