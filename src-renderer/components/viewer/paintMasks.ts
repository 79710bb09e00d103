import type { Placement, Size } from './viewerGeometry.ts';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** A mask in memory: 1 foreground. It may be smaller than its image. */
export interface MaskPixels extends Size {
  readonly data: Uint8Array;
}

export interface PaintedMask {
  readonly mask: MaskPixels;
  readonly colour: Colour;
  /** Of the outline, in pixels of the screen. */
  readonly width: number;
}

/** Dark rim around outlines, by which they show on bright and on equally coloured ground. */
const RIM: Colour = [10, 14, 16];
const RIM_OPACITY = 190;

/**
 * Draws outlines as they lie on the screen: as wide at every zoom, inside of their objects, later ones over earlier ones.
 * @param pixels height * width * 4 of the screen, transparent before
 * @param image size of the image that the masks belong to
 */
export function paintOutlines(
  pixels: Uint8ClampedArray,
  screen: Size,
  masks: readonly PaintedMask[],
  image: Size,
  place: Placement,
): void {
  for (const { mask, colour, width } of masks) {
    const seen = onScreen(mask, screen, image, place);
    const inner = eroded(seen, screen, width);
    const rim = eroded(seen, screen, width + 1);
    const outside = grown(seen, screen, 1);
    for (let at = 0; at < seen.length; at += 1) {
      if (seen[at] === 1 && inner[at] === 0) set(pixels, at, colour, 255);
      else if ((seen[at] === 1 && rim[at] === 0) || (seen[at] === 0 && outside[at] === 1)) {
        if (pixels[4 * at + 3] !== 255) set(pixels, at, RIM, RIM_OPACITY);
      }
    }
  }
}

/** Fills what only the one and what only the other mask has; what both have stays free. @param opacity 0 to 1 */
export function paintDifference(
  pixels: Uint8ClampedArray,
  screen: Size,
  [first, second]: readonly [Omit<PaintedMask, 'width'>, Omit<PaintedMask, 'width'>],
  image: Size,
  place: Placement,
  opacity: number,
): void {
  const [a, b] = [onScreen(first.mask, screen, image, place), onScreen(second.mask, screen, image, place)];
  const alpha = Math.round(255 * opacity);
  for (let at = 0; at < a.length; at += 1) {
    if (a[at] === b[at]) continue;
    set(pixels, at, a[at] === 1 ? first.colour : second.colour, alpha);
  }
}

function set(pixels: Uint8ClampedArray, at: number, [red, green, blue]: Colour, alpha: number): void {
  pixels[4 * at] = red;
  pixels[4 * at + 1] = green;
  pixels[4 * at + 2] = blue;
  pixels[4 * at + 3] = alpha;
}

/** The mask under every pixel of the screen; 0 beside the image. */
function onScreen(mask: MaskPixels, screen: Size, image: Size, place: Placement): Uint8Array {
  const seen = new Uint8Array(screen.width * screen.height);
  const column = new Int32Array(screen.width);
  for (let x = 0; x < screen.width; x += 1) {
    const inImage = (x + 0.5 - place.x) / place.zoom;
    column[x] = inImage < 0 || inImage >= image.width ? -1 : Math.floor((inImage * mask.width) / image.width);
  }
  for (let y = 0; y < screen.height; y += 1) {
    const inImage = (y + 0.5 - place.y) / place.zoom;
    if (inImage < 0 || inImage >= image.height) continue;
    const row = Math.floor((inImage * mask.height) / image.height) * mask.width;
    for (let x = 0; x < screen.width; x += 1) {
      const from = column[x] ?? -1;
      if (from >= 0) seen[y * screen.width + x] = mask.data[row + from] ?? 0;
    }
  }
  return seen;
}

/** Pixels whose whole neighbourhood within `reach` is foreground; what lies beyond the screen counts as foreground. */
function eroded(mask: Uint8Array, size: Size, reach: number): Uint8Array {
  return spread(mask, size, reach, 0);
}

/** Pixels with foreground within `reach`. */
function grown(mask: Uint8Array, size: Size, reach: number): Uint8Array {
  return spread(mask, size, reach, 1);
}

/** Pixels of `value` take over a square of side 2 * reach + 1 around them, along rows, then columns. */
function spread(mask: Uint8Array, { width, height }: Size, reach: number, value: 0 | 1): Uint8Array {
  const rows = alongLines(mask, { lines: height, length: width, step: 1, stride: width }, reach, value);
  return alongLines(rows, { lines: width, length: height, step: width, stride: 1 }, reach, value);
}

function alongLines(
  mask: Uint8Array,
  { lines, length, step, stride }: { lines: number; length: number; step: number; stride: number },
  reach: number,
  value: 0 | 1,
): Uint8Array {
  const spread = new Uint8Array(mask.length);
  const other = 1 - value;
  for (let line = 0; line < lines; line += 1) {
    const start = line * stride;
    let next = nextOf(0);
    let before = -Infinity;
    for (let i = 0; i < length; i += 1) {
      const at = start + i * step;
      if (mask[at] === value) before = i;
      if (next < i) next = nextOf(i);
      spread[at] = i - before <= reach || next - i <= reach ? value : other;
    }
    function nextOf(from: number): number {
      for (let i = from; i < length; i += 1) if (mask[start + i * step] === value) return i;
      return Infinity;
    }
  }
  return spread;
}
