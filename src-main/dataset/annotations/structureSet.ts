import { CcnetError } from '#common/errors.ts';
import { dicomFile } from '../decoding/dicom/dicomDataSet.ts';
import { type DicomInfo, type PlaneInSpace } from '../decoding/dicom/dicomInfo.ts';
import { TAG } from '../decoding/dicom/dicomTags.ts';
import { encodingOf, itemsOf, numberOf, numbersOf, textOf } from '../decoding/dicom/dicomValues.ts';
import { type AnnotationFile, type Drawing, type Ring, type Shape, UNNAMED } from './drawing.ts';

interface Contour {
  readonly structure: string;
  readonly instances: readonly string[];
  /** Corners in millimetres: x, y and z in turn. */
  readonly points: Float64Array;
}

/** Millimetres that a contour may lie beside a slice that it is on. */
const ON_SLICE = 0.5;

/**
 * The structures of a radiotherapy structure set (DICOM PS3.3, A.19) as outlines on the slices that they name, or on which they lie. The contours of
 * one structure on one slice are filled together by the even-odd rule: one within another is a hole.
 * @throws image-damaged, annotation-unread
 */
export function structureSet(bytes: Buffer, path: string): AnnotationFile {
  const set = dicomFile(bytes, path);
  const encoding = encodingOf(set);
  const names = new Map(
    itemsOf(set, TAG.structures).map((structure) => [
      numberOf(structure, TAG.structureNumber) ?? -1,
      textOf(structure, TAG.structureName, encoding) || UNNAMED,
    ]),
  );
  let open = 0;
  const contours: Contour[] = [];
  for (const structure of itemsOf(set, TAG.structureContours)) {
    const name = names.get(numberOf(structure, TAG.referencedStructure) ?? -1) ?? UNNAMED;
    for (const contour of itemsOf(structure, TAG.contours)) {
      if (!/^CLOSED/.test(textOf(contour, TAG.contourType) ?? '')) {
        open += 1;
        continue;
      }
      const points = Float64Array.from(numbersOf(contour, TAG.contourPoints));
      if (points.length % 3 !== 0 || !points.every(Number.isFinite))
        throw new CcnetError('annotation-unread', {
          file: path,
          reason: 'the points of a contour are not numbers by threes',
        });
      if (points.length < 9) continue;
      const instances = itemsOf(contour, TAG.contourImages).flatMap(
        (image) => textOf(image, TAG.referencedInstance) ?? [],
      );
      contours.push({ structure: name, instances, points });
    }
  }
  if (names.size === 0)
    throw new CcnetError('annotation-unread', { file: path, reason: 'it names no structures' });
  const series = new Set(
    itemsOf(set, TAG.referencedFrames)
      .flatMap((frame) => itemsOf(frame, TAG.referencedStudies))
      .flatMap((study) => itemsOf(study, TAG.referencedStructureSeries))
      .flatMap((one) => textOf(one, TAG.seriesInstance) ?? []),
  );
  const spaces = new Set(
    [set, ...itemsOf(set, TAG.referencedFrames)].flatMap((one) => textOf(one, TAG.frameOfReference) || []),
  );
  return {
    tool: 'radiotherapy structures',
    classes: [...new Set(contours.map(({ structure }) => structure))],
    imageNames: null,
    drawingOn({ dicom }): Drawing | null {
      const plane = dicom?.planes[0];
      if (!dicom || !plane?.spacing || dicom.frames > 1) return null;
      const isHere = series.size > 0 ? series.has(dicom.series) : spaces.has(dicom.space);
      const here = contours.filter((contour) => isOn(contour, dicom, plane, isHere));
      // A slice of the series without a contour is one on which nothing was found.
      if (here.length === 0 && !series.has(dicom.series)) return null;
      const byName = Map.groupBy(here, ({ structure }) => structure);
      const shapes = [...byName].map(([className, parts]): Shape => ({
        className,
        ignored: false,
        page: null,
        area: { rings: parts.map(({ points }) => ringOn(points, plane)) },
      }));
      return { size: null, shapes, leftOut: new Map(open > 0 ? [['open contour or point', open]] : []) };
    },
  };
}

function isOn(
  { instances, points }: Contour,
  { instance }: DicomInfo,
  plane: PlaneInSpace,
  isHere: boolean,
): boolean {
  if (instances.length > 0) return instances.includes(instance);
  if (!isHere) return false;
  const [x = 0, y = 0, z = 0] = points;
  return Math.abs(along(plane.normal, [x, y, z], plane.position)) <= ON_SLICE;
}

/** Millimetres to pixels. DICOM gives the place of the centre of the first pixel, which is 0.5 here. */
function ringOn(points: Float64Array, { position, orientation, spacing }: PlaneInSpace): Ring {
  const ring = new Float64Array((points.length / 3) * 2);
  const [across, down] = [orientation.slice(0, 3), orientation.slice(3, 6)];
  const [rowSpacing, columnSpacing] = spacing ?? [1, 1];
  for (let corner = 0; corner < points.length / 3; corner += 1) {
    const point = [...points.subarray(corner * 3, corner * 3 + 3)];
    ring[2 * corner] = along(across, point, position) / columnSpacing + 0.5;
    ring[2 * corner + 1] = along(down, point, position) / rowSpacing + 0.5;
  }
  return ring;
}

function along(direction: readonly number[], point: readonly number[], from: readonly number[]): number {
  return direction.reduce((sum, value, index) => sum + value * ((point[index] ?? 0) - (from[index] ?? 0)), 0);
}
