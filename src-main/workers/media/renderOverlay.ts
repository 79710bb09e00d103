import type { Sample } from '#common/dataset/dataset.ts';
import type { DatasetReading } from '#common/dataset/reading.ts';
import { IGNORED } from '#common/dataset/marks.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import { decodePair, openPair } from '../../dataset/pairing/pairFiles.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { FULL_WINDOW, toDisplay } from './displayRaster.ts';
import type { Picture } from './mediaSource.ts';

const SIDE = 260;
/** As masks are shown everywhere: an orange that occurs in no common stain; grey for what does not count. */
const TINTS = { foreground: [255, 130, 40], ignored: [128, 128, 128] } as const;
const STRENGTH = 0.45;

/** A pair that is about to be added, and how it would be read. */
export interface OverlaySource extends Pick<Sample, 'image' | 'masks' | 'page'> {
  readonly reading: DatasetReading;
}

/** A WebP of at most 260 pixels a side: an image with its masks over it. */
export async function renderOverlay(
  source: DatasetSource,
  { reading, ...pair }: OverlaySource,
): Promise<Picture> {
  const { image, mask, maskWidth, maskHeight } = await decodePair(
    await openPair(source, pair, reading),
    pair.page,
    reading,
  );
  const { data, width, height, channels } = toDisplay(image, FULL_WINDOW);
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    // Sizes that differ are a finding; the picture shows what would be laid over what.
    const row = Math.floor((y * maskHeight) / height) * maskWidth;
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const mark = mask.foreground[row + Math.floor((x * maskWidth) / width)] ?? 0;
      const tint = mark === 1 ? TINTS.foreground : mark === IGNORED ? TINTS.ignored : null;
      for (let channel = 0; channel < 3; channel += 1) {
        const own = data[pixel * channels + (channels === 3 ? channel : 0)] ?? 0;
        pixels[pixel * 3 + channel] = tint ? own * (1 - STRENGTH) + (tint[channel] ?? 0) * STRENGTH : own;
      }
    }
  }
  const bytes = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 85 })
    .toBuffer();
  return { type: 'image/webp', bytes };
}
