import { tileLayout } from '../training/tileLayout.ts';
import type { ImageSize } from './trainingLoad.ts';

/** The sizes of tiles in which images are segmented, each once. */
export function tileSizes(
  images: readonly ImageSize[],
): { readonly height: number; readonly width: number }[] {
  const tiles = new Map<string, { height: number; width: number }>();
  for (const image of images) {
    const { tileHeight, tileWidth } = tileLayout(image);
    tiles.set(`${tileHeight}x${tileWidth}`, { height: tileHeight, width: tileWidth });
  }
  return [...tiles.values()];
}
