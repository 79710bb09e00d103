/** How an image that is too large for one pass is cut. */
export interface TileOptions {
  /** Largest number of pixels that go through the network at once; larger images are cut into tiles. */
  readonly wholePixels: number;
  /** Side of the tiles; a multiple of 32. */
  readonly tile: number;
  /** Pixels by which neighbouring tiles overlap; less than `tile`. */
  readonly overlap: number;
}

/** Unless told otherwise. */
export const DEFAULT_TILES: TileOptions = { wholePixels: 640 * 640, tile: 512, overlap: 128 };
