import type { DrawnMask, Sample, WorkingSample } from '#common/dataset/dataset.ts';
import type { DatasetReading } from '#common/dataset/reading.ts';
import { CcnetError } from '#common/errors.ts';
import { maskHash } from '../source/contentHash.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { withDecodingMemory } from '../decoding/decodingMemory.ts';
import { decodePair, openPair, type PairFiles, pairSize } from '../pairing/pairFiles.ts';
import { resizeMask } from './resizeMask.ts';
import { workingImage } from './workingImage.ts';
import { workingSize } from './workingSize.ts';

export interface WorkingOptions {
  /** Pixels to which the shorter side is scaled, up or down. */
  readonly workingSide: number;
  readonly channels: 1 | 3;
  readonly reading: DatasetReading;
}

/** A sample at the working resolution, and its mask as it was drawn. */
export interface LoadedSample {
  readonly sample: WorkingSample;
  readonly drawn: DrawnMask;
}

/**
 * Decodes one sample and resizes it to the working resolution: intensities in [0, 1] by the image's own range
 * (rescaleIntensity); mask by covered area (resizeMask).
 *
 * @throws CcnetError naming the file when it cannot be read any more, has changed its size, or its mask marks something else than when it was examined
 */
export async function loadWorkingSample(
  source: DatasetSource,
  sample: Sample,
  options: WorkingOptions,
): Promise<LoadedSample> {
  const files = await openPair(source, sample, options.reading);
  const size = await pairSize(files, sample.page, options.reading);
  for (const { width, height } of [size.image, size.mask]) {
    if (width !== sample.width || height !== sample.height) {
      throw new CcnetError('size-changed', { file: sample.image });
    }
  }
  return withDecodingMemory(size.bytes, () => prepared(files, sample, options));
}

async function prepared(
  files: PairFiles,
  sample: Sample,
  { workingSide, channels, reading }: WorkingOptions,
): Promise<LoadedSample> {
  const { image, mask, maskWidth, maskHeight } = await decodePair(files, sample.page, reading);
  if (maskHash(mask.foreground, maskWidth, maskHeight) !== sample.maskHash) {
    throw new CcnetError('mask-changed', { file: sample.masks[0] ?? sample.image });
  }
  const { width, height } = workingSize(image.width, image.height, workingSide);
  const drawn = { width: maskWidth, height: maskHeight, foreground: mask.foreground };
  return {
    sample: {
      name: sample.name,
      width,
      height,
      channels,
      image: await workingImage(image, { width, height }, channels),
      mask: resizeMask(drawn.foreground, drawn, { width, height }),
    },
    drawn,
  };
}
