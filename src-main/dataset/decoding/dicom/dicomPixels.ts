import { CcnetError } from '#common/errors.ts';
import { requireReadableSize } from '../limits.ts';
import { type DicomDataSet, type DicomFile, dicomFile } from './dicomDataSet.ts';
import { TAG } from './dicomTags.ts';
import { itemsOf, numberOf, numbersOf, textOf } from './dicomValues.ts';
import { isLossyPacking, packingName, packingOf, type Packing } from './transferSyntaxes.ts';

/** What a file says of its pixels. Source: DICOM PS3.3, C.7.6.3. */
export interface DicomPixels {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  readonly photometric: string;
  readonly isPlanar: boolean;
  readonly bitsAllocated: 1 | 8 | 16 | 32 | 64;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly isSigned: boolean;
  readonly isFloat: boolean;
  readonly packing: Packing;
  readonly lossy: boolean;
}

/** @throws image-damaged, image-values-unread, image-compression-unread, image-too-large, image-takes-too-much */
export function dicomPixels(bytes: Buffer, file: string): { set: DicomFile; pixels: DicomPixels } {
  const set = dicomFile(bytes, file);
  const damaged = (reason: string): CcnetError => new CcnetError('image-damaged', { file, reason });
  const isFloat = set.elements.has(TAG.floatPixels) || set.elements.has(TAG.doublePixels);
  if (!isFloat && !set.elements.has(TAG.pixels)) throw new CcnetError('dicom-without-pixels', { file });
  const packing = packingOf(set.transferSyntax);
  if (packing === null) {
    const compression = packingName(set.transferSyntax);
    throw new CcnetError('dicom-packing-unread', { file, compression });
  }
  const whole = (tag: number, name: string): number => {
    const value = numberOf(set, tag);
    if (value === undefined || !Number.isInteger(value) || value < 1)
      throw damaged(`it does not say its ${name}`);
    return value;
  };
  const [width, height] = [whole(TAG.columns, 'width'), whole(TAG.rows, 'height')];
  const frames = set.elements.has(TAG.frames) ? whole(TAG.frames, 'frames') : 1;
  const samples = numberOf(set, TAG.samples) ?? 1;
  const bitsAllocated = isFloat
    ? set.elements.has(TAG.floatPixels)
      ? 32
      : 64
    : whole(TAG.bitsAllocated, 'bits');
  if (samples !== 1 && samples !== 3) throw unread(file, `${samples}-sample`);
  if (![1, 8, 16, 32, 64].includes(bitsAllocated)) throw unread(file, `${bitsAllocated}-bit`);
  if (!isFloat && bitsAllocated === 64) throw unread(file, '64-bit');
  const bitsStored = numberOf(set, TAG.bitsStored) ?? bitsAllocated;
  const highBit = numberOf(set, TAG.highBit) ?? bitsStored - 1;
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit + 1 < bitsStored)
    throw damaged('its bits contradict each other');
  requireReadableSize(file, { width, height, channels: samples, valueBytes: 4 });
  return {
    set,
    pixels: {
      width,
      height,
      frames,
      samples,
      photometric: textOf(set, TAG.photometric) ?? 'MONOCHROME2',
      isPlanar: numberOf(set, TAG.planar) === 1,
      bitsAllocated: bitsAllocated as DicomPixels['bitsAllocated'],
      bitsStored,
      highBit,
      isSigned: numberOf(set, TAG.signed) === 1,
      isFloat,
      packing,
      lossy: isLossyPacking(set.transferSyntax),
    },
  };
}

const unread = (file: string, values: string): CcnetError =>
  new CcnetError('image-values-unread', { file, values });

/** The items in which a multi-frame file says something of one frame, and of all. */
function frameItems(set: DicomFile, frame: number, macro: number): readonly DicomDataSet[] {
  const [shared] = itemsOf(set, TAG.shared);
  const own = itemsOf(set, TAG.perFrame)[frame];
  return [own, shared].flatMap((group) => (group ? itemsOf(group, macro) : []));
}

/** What turns stored values into those of the device, such as Hounsfield units; null where they are the same. */
export function rescaleOf(set: DicomFile, frame: number): { slope: number; intercept: number } | null {
  const said = [set, ...frameItems(set, frame, TAG.valueTransformation)].find((one) =>
    one.elements.has(TAG.slope),
  );
  const slope = (said && numberOf(said, TAG.slope)) ?? 1;
  const intercept = (said && numberOf(said, TAG.intercept)) ?? 0;
  if (!Number.isFinite(slope) || !Number.isFinite(intercept) || slope === 0) return null;
  return slope === 1 && intercept === 0 ? null : { slope, intercept };
}

export interface Window {
  readonly centre: number;
  readonly width: number;
  readonly shape: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
}

/** The first window of a frame; null where the file has none. */
export function windowOf(set: DicomFile, frame: number): Window | null {
  const said = [...frameItems(set, frame, TAG.windowMacro), set].find((one) =>
    one.elements.has(TAG.windowCentre),
  );
  if (!said) return null;
  const [centre, width] = [numbersOf(said, TAG.windowCentre)[0], numbersOf(said, TAG.windowWidth)[0]];
  if (centre === undefined || width === undefined || !Number.isFinite(centre) || !(width > 0)) return null;
  const shape = textOf(said, TAG.windowFunction);
  return { centre, width, shape: shape === 'SIGMOID' || shape === 'LINEAR_EXACT' ? shape : 'LINEAR' };
}
