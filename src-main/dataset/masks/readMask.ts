import { readAs } from '#common/dataset/readMaskValue.ts';
import type { MaskRule } from '#common/dataset/reading.ts';
import type { StoredMask } from '../decoding/decodeImage.ts';
import { foregroundWhere } from './foregroundWhere.ts';
import { distinctValues, MANY_COLOURS, type MaskDrawing, maskDrawing, range } from './maskDrawing.ts';
import { planeFor, storedPlane, type MaskPlane } from './maskPlane.ts';
import { IGNORED } from '#common/dataset/marks.ts';
import type { MaskDoubt, MaskReading } from './maskReading.ts';
import { isNear } from './nearColour.ts';

/**
 * Reads a mask by the rule that holds for its dataset. Values that compression or smoothing has spread are cut: numbers at the
 * rule's threshold or at half their own range, colours by their distance from the background.
 *
 * @param lossy the file format may have changed the values (JPEG, lossy WebP)
 * @returns marks of height * width values: 0 background, 1 foreground, 2 does not count
 */
export function readMask(mask: StoredMask, lossy: boolean, rule: MaskRule): MaskReading {
  const stored = storedPlane(mask);
  const drawing = mask.isDrawn ? 'drawn' : soberDrawing(stored, lossy, rule);
  const doubts: MaskDoubt[] = drawing === 'drawn' ? [] : [drawing];
  const exchange = (foreground: Uint8Array): Uint8Array =>
    rule.inverted ? foreground.map((value) => 1 - value) : foreground;
  if (stored.kind === 'transparency') {
    const cut = drawing === 'drawn' ? 0 : 127;
    const foreground = exchange(foregroundWhere(stored.keys, (value) => value > cut));
    return { foreground, reading: drawing === 'drawn' ? 'binary' : 'thresholded', doubts };
  }
  if (stored.kind === 'values' && drawing !== 'drawn') {
    const [least, most] = range(distinctValues(stored.keys));
    const threshold =
      rule.threshold !== null && rule.space === 'values' ? rule.threshold : (least + most) / 2;
    return {
      foreground: exchange(foregroundWhere(stored.keys, (value) => value > threshold)),
      reading: 'thresholded',
      doubts,
    };
  }
  const plane = planeFor(mask, rule);
  if (plane.kind === 'colours' && (drawing !== 'drawn' || rule.threshold !== null)) {
    const { background, threshold } = rule;
    const near = threshold ?? 0;
    const foreground = exchange(foregroundWhere(plane.keys, (key) => !isNear(key, background, near)));
    return { foreground, reading: 'thresholded', doubts };
  }
  const drawn = readDrawn(plane, rule);
  if (isColourful(plane)) doubts.push('many-colours');
  if (!rule.inverted && drawn.values > 1 && drawn.foreground.every((mark) => mark === 1))
    doubts.push('no-background');
  return { foreground: drawn.foreground, reading: drawn.reading, doubts };
}

/** Share of the other masks' range below which the shades of a mask are what compression leaves of an empty one. */
const RESIDUE = 1 / 8;

function soberDrawing(plane: MaskPlane, lossy: boolean, { space, threshold }: MaskRule): MaskDrawing {
  const drawing = maskDrawing(plane, lossy);
  if (drawing !== 'photo' || plane.kind !== 'values' || space !== 'values' || threshold === null)
    return drawing;
  const [least, most] = range(distinctValues(plane.keys));
  return most - least <= RESIDUE * 2 * threshold ? 'damaged' : drawing;
}

function readDrawn(
  plane: MaskPlane,
  rule: MaskRule,
): Pick<MaskReading, 'foreground' | 'reading'> & { values: number } {
  const marks = new Map<number, 0 | 1 | 2>();
  const markOf = (value: number): 0 | 1 | 2 => {
    const known = marks.get(value);
    if (known !== undefined) return known;
    const meaning = readAs(value, rule);
    const mark = meaning === 'ignored' ? IGNORED : meaning === 'foreground' ? 1 : 0;
    marks.set(value, mark);
    return mark;
  };
  const foreground = new Uint8Array(plane.keys.length);
  let [last, mark]: [number, 0 | 1 | 2] = [Number.NaN, 0];
  for (let pixel = 0; pixel < foreground.length; pixel += 1) {
    const value = plane.keys[pixel] ?? 0;
    if (value !== last) [last, mark] = [value, markOf(value)];
    foreground[pixel] = mark;
  }
  const values = [...marks.keys()].filter((value) => value !== rule.ignored).length;
  return {
    foreground,
    values,
    reading: plane.kind === 'colours' ? 'colour' : values <= 2 ? 'binary' : 'instances',
  };
}

function isColourful({ kind, keys }: MaskPlane): boolean {
  return kind === 'colours' && distinctValues(keys).size > MANY_COLOURS;
}

/**
 * Unites masks of single objects: a pixel is foreground when it is in any of them, and does not count when it is in none and left
 * out of one.
 */
export function uniteMasks(one: MaskReading, other: MaskReading): MaskReading {
  const foreground = one.foreground.map((mark, pixel) => {
    const also = other.foreground[pixel] ?? 0;
    return mark === 1 || also === 1 ? 1 : Math.max(mark, also);
  });
  return { foreground, reading: 'objects', doubts: [...new Set([...one.doubts, ...other.doubts])] };
}
