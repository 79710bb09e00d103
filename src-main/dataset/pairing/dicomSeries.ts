import type { DicomInfo } from '../decoding/dicom/dicomInfo.ts';
import { naturalOrder } from './naturalOrder.ts';

/** A slice or film of a series: a name for it that tells nothing of a person, its place, and whom it belongs to. */
export interface SeriesPlace {
  /** "series2_014": the fourteenth slice of the second series, counted by position. */
  readonly name: string;
  /** "patient 1": one number for each person, in the order of their files. */
  readonly group: string;
  /** Of all, series by series and slice by slice. */
  readonly order: number;
}

/**
 * Orders the images of DICOM series: series and patients in the natural order of their files, slices along the normal of their plane, and
 * where they say no place by their number.
 */
export function dicomSeries(files: ReadonlyMap<string, DicomInfo>): Map<string, SeriesPlace> {
  const images = [...files].filter(([, { kind }]) => kind === 'image').sort(([a], [b]) => naturalOrder(a, b));
  const patients = new Map<string, number>();
  for (const [path, { patient }] of images) {
    const key = patient || path;
    if (!patients.has(key)) patients.set(key, patients.size + 1);
  }
  const places = new Map<string, SeriesPlace>();
  const series = [...Map.groupBy(images, ([path, info]) => info.series || path).values()];
  series.forEach((slices, index) => {
    const ordered = inOrder(slices);
    const digits = Math.max(3, String(ordered.length).length);
    ordered.forEach(([path, { patient }], slice) => {
      const number = ordered.length > 1 ? `_${String(slice + 1).padStart(digits, '0')}` : '';
      places.set(path, {
        name: `series${index + 1}${number}`,
        group: `patient ${patients.get(patient || path) ?? 0}`,
        order: places.size,
      });
    });
  });
  return places;
}

type Slice = readonly [path: string, info: DicomInfo];

function inOrder(slices: readonly Slice[]): Slice[] {
  const normal = slices[0]?.[1].planes[0]?.normal;
  const distance = ([, { planes }]: Slice): number | null => {
    const position = planes[0]?.position;
    return normal && position
      ? normal.reduce((sum, value, index) => sum + value * (position[index] ?? 0), 0)
      : null;
  };
  const places = new Map(slices.map((slice) => [slice, distance(slice)]));
  return [...slices].sort((a, b) => {
    const [one, other] = [places.get(a) ?? null, places.get(b) ?? null];
    const byPlace = one !== null && other !== null && Math.abs(one - other) > 1e-4 ? one - other : 0;
    return byPlace || a[1].number - b[1].number || naturalOrder(a[0], b[0]);
  });
}
