import type { NamedTensor } from '#common/training/training.ts';
import type { Raster } from '../../dataset/decoding/raster.ts';
import { decodePair, openPair } from '../../dataset/pairing/pairFiles.ts';
import { openSource } from '../../dataset/source/openSource.ts';
import { resampleRows } from '../../dataset/working/resampleRows.ts';
import { workingSize } from '../../dataset/working/workingSize.ts';
import type { Engine } from '../../engine/Engine.ts';
import type { PixelImage } from '../../export/onnx/pixels/verifyPixels.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { segmentRaster } from '../../use/segmentRaster.ts';
import { imagesOfDepth } from './imagesOfDepth.ts';
import { withPredictor } from '../training/withPredictor.ts';

/** Test images on which a file that takes stored pixels is run again. */
const IMAGES = 2;
/** Larger images are verified on their upper left part. */
const LARGEST_SIDE = 1024;

/** The first images of the depth that the file is for, with what the product makes of them. */
export async function pixelImages(
  project: Project,
  engine: Engine,
  dataset: DatasetRecord,
  record: TrainedNetworkRecord,
  weights: readonly NamedTensor[],
  depth: Raster['bitDepth'],
): Promise<PixelImage[]> {
  const samples = imagesOfDepth(project, dataset.id, depth);
  const source = await openSource(dataset.root);
  try {
    return await withPredictor(engine, record.network, weights, async (predictor) => {
      const images: PixelImage[] = [];
      for (const sample of samples.slice(0, IMAGES)) {
        const { image } = await decodePair(
          await openPair(source, sample, dataset.reading),
          sample.page,
          dataset.reading,
        );
        const raster = upperLeft(image);
        const { width, height } = raster;
        const size = workingSize(width, height, record.recipe.workingSide);
        const { values } = await segmentRaster(predictor, raster, size, record.network.channels);
        const foreground = new Float32Array(width * height);
        resampleRows(values, size, raster, (row, y, unit) => {
          for (let x = 0; x < width; x += 1) foreground[y * width + x] = (row[x] ?? 0) / unit;
        });
        const { channels } = record.network;
        images.push({ width, height, channels, pixels: planar(raster, channels), foreground });
      }
      return images;
    });
  } finally {
    await source.close();
  }
}

function upperLeft(raster: Raster): Raster {
  const [width, height] = [Math.min(LARGEST_SIDE, raster.width), Math.min(LARGEST_SIDE, raster.height)];
  if (width === raster.width && height === raster.height) return raster;
  const { channels } = raster;
  const data = raster.data.slice(0, width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const start = y * raster.width * channels;
    data.set(raster.data.subarray(start, start + width * channels), y * width * channels);
  }
  return { ...raster, width, height, data, alpha: null };
}

/** Stored values channel-first, in the network's channels: a grey image three times where it takes three. */
function planar({ data, width, height, channels: stored }: Raster, channels: 1 | 3): Float32Array {
  const pixels = width * height;
  return Float32Array.from({ length: pixels * channels }, (_, at) => {
    const channel = Math.min(stored - 1, Math.floor(at / pixels));
    return data[(at % pixels) * stored + channel] ?? 0;
  });
}
