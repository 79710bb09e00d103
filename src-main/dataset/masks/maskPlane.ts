import type { StoredMask } from '../decoding/decodeImage.ts';
import type { Raster } from '../decoding/raster.ts';
import type { MaskRule } from '#common/dataset/reading.ts';

/** The one number of every pixel by which a mask is read. */
export interface MaskPlane {
  readonly width: number;
  readonly height: number;
  /** values: numbers or indices; colours: 0xRRGGBB; transparency: 0 to 255, where an outline was drawn in it. */
  readonly kind: MaskRule['space'] | 'transparency';
  readonly keys: ArrayLike<number>;
}

/** The values of a mask as it is stored; of a mask in colour its colours. */
export function storedPlane({ raster }: StoredMask): MaskPlane {
  const { width, height } = raster;
  if (raster.alpha !== null && isPlain(raster)) {
    return { width, height, kind: 'transparency', keys: raster.alpha };
  }
  if (raster.channels === 1) return { width, height, kind: 'values', keys: raster.data };
  return { width, height, kind: 'colours', keys: colourKeys(raster) };
}

/** A mask in terms of the rule's space: indices and grey values become colours where the rule speaks of colours. */
export function planeFor(mask: StoredMask, { space }: Pick<MaskRule, 'space'>): MaskPlane {
  const plane = storedPlane(mask);
  if (plane.kind !== 'values' || space === 'values') return plane;
  const { palette, raster } = mask;
  const colour = colourOf(palette, raster.bitDepth);
  const keys = new Uint32Array(plane.keys.length);
  for (let pixel = 0; pixel < keys.length; pixel += 1) keys[pixel] = colour(plane.keys[pixel] ?? 0);
  return { ...plane, kind: 'colours', keys };
}

/** The colour in which a value or index is shown. */
export function colourOf(
  palette: readonly number[] | null,
  bitDepth: Raster['bitDepth'],
): (value: number) => number {
  if (palette) return (index) => palette[index] ?? 0;
  return (value) => toByte(value, bitDepth) * 0x010101;
}

/** Deeper masks keep their high byte. */
function toByte(value: number, bitDepth: Raster['bitDepth']): number {
  if (bitDepth === 8) return value;
  return bitDepth === 16 ? value >> 8 : Math.min(255, Math.max(0, Math.round(value * 255)));
}

function colourKeys({ data, bitDepth, width, height }: Raster): Uint32Array {
  const keys = new Uint32Array(width * height);
  for (let pixel = 0; pixel < keys.length; pixel += 1) {
    const red = toByte(data[pixel * 3] ?? 0, bitDepth);
    const green = toByte(data[pixel * 3 + 1] ?? 0, bitDepth);
    keys[pixel] = (red << 16) | (green << 8) | toByte(data[pixel * 3 + 2] ?? 0, bitDepth);
  }
  return keys;
}

/** All visible pixels share one colour. */
function isPlain(mask: Raster): boolean {
  const { data, channels, alpha } = mask;
  const first = alpha === null ? 0 : alpha.findIndex((value) => value > 0);
  if (first < 0) return true;
  for (let pixel = 0; pixel < mask.width * mask.height; pixel += 1) {
    if (alpha !== null && alpha[pixel] === 0) continue;
    for (let channel = 0; channel < channels; channel += 1) {
      if (data[pixel * channels + channel] !== data[first * channels + channel]) return false;
    }
  }
  return true;
}
