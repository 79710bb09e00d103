import type { Raster } from './raster.ts';

/**
 * Turns a raster as its EXIF/TIFF orientation (1..8) asks. Orientation 1 returns the raster itself.
 * Source: EXIF 2.3, tag 274; the table says which stored pixel each shown pixel comes from.
 */
export function orientRaster(raster: Raster): Raster {
  const { width, height, channels, orientation } = raster;
  if (orientation < 2 || orientation > 8) return raster;
  const swaps = orientation >= 5;
  const shownWidth = swaps ? height : width;
  const shownHeight = swaps ? width : height;
  const mirrorsX = [2, 3, 7, 8].includes(orientation);
  const mirrorsY = [3, 4, 6, 7].includes(orientation);

  const turn = <T extends Raster['data']>(data: T, samples: number): T => {
    const turned = new (data.constructor as new (length: number) => T)(data.length);
    let target = 0;
    for (let y = 0; y < shownHeight; y += 1) {
      for (let x = 0; x < shownWidth; x += 1) {
        const column = swaps ? y : x;
        const row = swaps ? x : y;
        const storedX = mirrorsX ? width - 1 - column : column;
        const storedY = mirrorsY ? height - 1 - row : row;
        const from = (storedY * width + storedX) * samples;
        for (let channel = 0; channel < samples; channel += 1) turned[target++] = data[from + channel] ?? 0;
      }
    }
    return turned;
  };
  return {
    ...raster,
    width: shownWidth,
    height: shownHeight,
    data: turn(raster.data, channels),
    alpha: raster.alpha === null ? null : turn(raster.alpha, 1),
    orientation: 1,
  };
}

/**
 * Applies the orientation tag only when the mask's size can be right in no other way. Annotation tools disagree
 * about the tag, so it is no evidence by itself: pixels stay as stored when their size fits the mask.
 */
export function orientToSize(raster: Raster, width: number, height: number): Raster {
  const fitsAsStored = raster.width === width && raster.height === height;
  const fitsTurned = raster.width === height && raster.height === width;
  return !fitsAsStored && fitsTurned && raster.orientation >= 5 ? orientRaster(raster) : raster;
}
