import { type DicomDataSet, dicomFile, type DicomFile } from './dicomDataSet.ts';
import { TAG } from './dicomTags.ts';
import { itemsOf, numberOf, numbersOf, textOf } from './dicomValues.ts';

/** Where a slice lies in the patient, in millimetres towards left, posterior and superior. */
export interface PlaneInSpace {
  /** Of the centre of its first pixel. */
  readonly position: readonly number[];
  /** Directions along a row and down a column. */
  readonly orientation: readonly number[];
  readonly normal: readonly number[];
  /** Between rows and between columns; null where the file does not say it. */
  readonly spacing: readonly [number, number] | null;
}

/** What tells a DICOM file from others. Identifiers of people are compared and never kept. */
export interface DicomInfo {
  readonly kind: 'image' | 'segmentation' | 'structures' | 'other';
  readonly instance: string;
  readonly series: string;
  /** Coordinates of two files are comparable where this is the same. */
  readonly space: string;
  /** Of one person; empty where the file does not tell people apart. */
  readonly patient: string;
  readonly number: number;
  readonly frames: number;
  /** Pixels down and across; 0 where there are none. */
  readonly rows: number;
  readonly columns: number;
  /** Of every frame; null where it is not said. */
  readonly planes: readonly (PlaneInSpace | null)[];
}

const SEGMENTATIONS = ['1.2.840.10008.5.1.4.1.1.66.4', '1.2.840.10008.5.1.4.1.1.66.7'];
const STRUCTURES = '1.2.840.10008.5.1.4.1.1.481.3';
/** Frames whose places are read; a film has no places. */
const MOST_PLANES = 100_000;

/** @throws image-damaged */
export function dicomInfo(bytes: Buffer, file: string): DicomInfo {
  const set = dicomFile(bytes, file);
  const sopClass = textOf(set, TAG.sopClass) ?? '';
  const hasPixels = [TAG.pixels, TAG.floatPixels, TAG.doublePixels].some((tag) => set.elements.has(tag));
  const frames = Math.max(1, Math.min(MOST_PLANES, Math.floor(numberOf(set, TAG.frames) ?? 1)));
  return {
    kind: SEGMENTATIONS.includes(sopClass)
      ? 'segmentation'
      : sopClass === STRUCTURES
        ? 'structures'
        : hasPixels && set.elements.has(TAG.rows)
          ? 'image'
          : 'other',
    instance: textOf(set, TAG.sopInstance) ?? '',
    series: textOf(set, TAG.seriesInstance) ?? '',
    space: textOf(set, TAG.frameOfReference) ?? '',
    patient:
      textOf(set, TAG.patientId) || textOf(set, TAG.patientName) || textOf(set, TAG.studyInstance) || '',
    number: numberOf(set, TAG.instanceNumber) ?? 0,
    frames,
    rows: numberOf(set, TAG.rows) ?? 0,
    columns: numberOf(set, TAG.columns) ?? 0,
    planes: Array.from({ length: frames }, (_, frame) => framePlane(set, frame)),
  };
}

function framePlane(set: DicomFile, frame: number): PlaneInSpace | null {
  const own = itemsOf(set, TAG.perFrame)[frame];
  const [shared] = itemsOf(set, TAG.shared);
  const holder = (macro: number): DicomDataSet =>
    [own, shared].flatMap((group) => (group ? itemsOf(group, macro) : []))[0] ?? set;
  const spacing = numbersAt(holder(TAG.pixelMeasures), TAG.pixelSpacing, 2);
  return planeOf(
    numbersAt(holder(TAG.planePosition), TAG.position, 3),
    numbersAt(holder(TAG.planeOrientation), TAG.orientation, 6),
    spacing,
  );
}

/** So many finite numbers of an element, or null. */
export function numbersAt(set: DicomDataSet, tag: number, count: number): number[] | null {
  const numbers = numbersOf(set, tag);
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
}

export function planeOf(
  position: readonly number[] | null,
  orientation: readonly number[] | null,
  spacing: readonly number[] | null = null,
): PlaneInSpace | null {
  if (!position || !orientation) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = orientation;
  const [rows = 0, columns = 0] = spacing ?? [];
  return {
    position,
    orientation,
    normal: [b * f - c * e, c * d - a * f, a * e - b * d],
    spacing: rows > 0 && columns > 0 ? [rows, columns] : null,
  };
}
