import { CcnetError } from '#common/errors.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';
import { decodePair, openPair } from '../../dataset/pairing/pairFiles.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import { intensityRange, rescaleIntensity } from '../../dataset/decoding/rescaleIntensity.ts';
import type { Raster } from '../../dataset/decoding/raster.ts';
import { resizeImage } from '../../dataset/working/resizeImage.ts';
import { workingSize } from '../../dataset/working/workingSize.ts';
import type { Engine } from '../../engine/Engine.ts';
import { prepareAsBioimageio, type TestInput } from '../../export/bioimageio/testInput.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { encodeOverlay } from '../../use/encodePage.ts';
import { pictureOf } from '../../use/picture.ts';
import { standardise } from '../../training/standardise.ts';
import { reflect } from '../../training/reflect.ts';
import { imagesOfDepth } from './imagesOfDepth.ts';
import { withPredictor } from '../training/withPredictor.ts';

/** Longer side of the test tensors, and of the cover, in pixels. */
const TEST_SIDE = 256;
const COVER = 480;
const STEPS = 65_535;

export interface PackageParts {
  readonly input: TestInput;
  /** What the steps of the description make of it, channel-last. */
  readonly intensities: Float32Array;
  readonly foreground: Float32Array;
  readonly cover: Buffer;
}

/** The first test image of the usual depth as the test tensors of a package, with what the network says of it, and as its cover. */
export async function packageParts(
  project: Project,
  engine: Engine,
  dataset: DatasetRecord,
  card: NetworkCard,
  weights: readonly NamedTensor[],
): Promise<PackageParts> {
  const depth = card.training.depths[0] ?? 8;
  const [sample] = imagesOfDepth(project, dataset.id, depth);
  if (!sample) throw new CcnetError('split-empty', { split: 'test' });
  const source = await openSource(dataset.root);
  try {
    const { image, mask } = await decodePair(
      await openPair(source, sample, dataset.reading),
      sample.page,
      dataset.reading,
    );
    const input = await testInput(image, card);
    const { channels, height, width } = input;
    const intensities = prepareAsBioimageio(input, card.preparation, depth);
    const prepared = standardise(intensities, channels);
    const foreground = await withPredictor(engine, card.network, weights, async (predictor) =>
      predictor.predict(prepared, 1, height, width),
    );
    const picture = await pictureOf(image, COVER);
    const cover = await encodeOverlay(picture, { found: mask.foreground, drawn: null }, image);
    return { input, intensities, foreground, cover };
  } finally {
    await source.close();
  }
}

/** Stored values at the working resolution, its upper left part, padded by reflection to whole multiples. */
async function testInput(image: Raster, { network, preparation }: NetworkCard): Promise<TestInput> {
  const size = workingSize(image.width, image.height, preparation.workingSide);
  const range = intensityRange(image);
  const stored =
    image.bitDepth === 32
      ? {
          ...image,
          bitDepth: 16 as const,
          data: Uint16Array.from(rescaleIntensity(image.data, range), (value) => Math.round(value * STEPS)),
        }
      : image;
  const values = await resizeImage(stored, size.width, size.height);
  const { multipleOf } = preparation.padding;
  const padded = (length: number): number => Math.min(TEST_SIDE, Math.ceil(length / multipleOf) * multipleOf);
  const [height, width] = [padded(size.height), padded(size.width)];
  const { channels } = network;
  const data =
    image.bitDepth === 32
      ? new Float32Array(channels * height * width)
      : new (stored.data.constructor as Uint8ArrayConstructor)(channels * height * width);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const pixel = reflect(y, size.height) * size.width + reflect(x, size.width);
        const value = values[pixel * image.channels + Math.min(channel, image.channels - 1)] ?? 0;
        data[(channel * height + y) * width + x] =
          image.bitDepth === 32 ? range.low + (value / STEPS) * (range.high - range.low) : value;
      }
    }
  }
  return { data, channels, height, width };
}
