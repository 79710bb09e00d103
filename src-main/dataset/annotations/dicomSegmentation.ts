import { CcnetError } from '#common/errors.ts';
import type { DicomDataSet, DicomFile } from '../decoding/dicom/dicomDataSet.ts';
import { type DicomInfo, numbersAt, planeOf, type PlaneInSpace } from '../decoding/dicom/dicomInfo.ts';
import { dicomPixels } from '../decoding/dicom/dicomPixels.ts';
import { TAG } from '../decoding/dicom/dicomTags.ts';
import { encodingOf, itemsOf, numberOf, textOf } from '../decoding/dicom/dicomValues.ts';
import { nativeSamples } from '../decoding/dicom/nativeSamples.ts';
import { rleValues } from '../decoding/dicom/frameSamples.ts';
import { type AnnotationFile, type Drawing, type Shape, UNNAMED } from './drawing.ts';
import { wholePlane } from './wholePlane.ts';

/** A frame of a segmentation: which segment it is of, and on which slice it lies. */
interface SegmentFrame {
  readonly index: number;
  /** 0 in a label map, whose values are the segments. */
  readonly segment: number;
  readonly instances: readonly { readonly uid: string; readonly frame: number | null }[];
  readonly plane: PlaneInSpace | null;
}

/** Millimetres within which two positions are one. */
const SAME_PLACE = 0.02;

/**
 * The segments of a DICOM segmentation (PS3.3, A.51) as drawings on the slices that it names, or on those in the same place where it names none.
 * Of a fractional segmentation what is at least half counts.
 * @throws image-damaged, annotation-unread, and as `dicomPixels`
 */
export function dicomSegmentation(bytes: Buffer, path: string): AnnotationFile {
  const { set, pixels } = dicomPixels(bytes, path);
  const encoding = encodingOf(set);
  const labels = new Map(
    itemsOf(set, TAG.segments).map((segment) => [
      numberOf(segment, TAG.segmentNumber) ?? 0,
      textOf(segment, TAG.segmentLabel, encoding) || UNNAMED,
    ]),
  );
  if (labels.size === 0)
    throw new CcnetError('annotation-unread', { file: path, reason: 'it names no segments' });
  if (pixels.packing !== 'none' && pixels.packing !== 'rle') {
    throw new CcnetError('annotation-unread', {
      file: path,
      reason: 'its pixels are compressed in a way that segmentations are not',
    });
  }
  const isLabelMap = textOf(set, TAG.segmentationType) === 'LABELMAP';
  const half =
    textOf(set, TAG.segmentationType) === 'FRACTIONAL' ? (numberOf(set, TAG.mostFraction) ?? 255) / 2 : 1;
  const frames = Array.from({ length: pixels.frames }, (_, index) => segmentFrame(set, index, isLabelMap));
  const space = textOf(set, TAG.frameOfReference) ?? '';
  const byInstance = new Map<string, SegmentFrame[]>();
  for (const frame of frames) {
    for (const { uid } of frame.instances) byInstance.set(uid, [...(byInstance.get(uid) ?? []), frame]);
  }
  const series = new Set(
    itemsOf(set, TAG.referencedSeries).flatMap((one) => textOf(one, TAG.seriesInstance) ?? []),
  );
  const { width, height } = pixels;
  const drawFrame = ({ index, segment }: SegmentFrame, page: number | null): Shape[] => {
    const values =
      pixels.packing === 'rle'
        ? rleValues(set, pixels, index, path)
        : nativeSamples(set, pixels, index, path);
    const shape = (number: number, holds: (value: number) => boolean): Shape => ({
      className: labels.get(number) ?? UNNAMED,
      ignored: false,
      page,
      area: wholePlane(values, pixels, holds),
    });
    if (!isLabelMap) return [shape(segment, (value) => value >= half)];
    return [...labels.keys()]
      .filter((number) => number > 0)
      .map((number) => shape(number, (value) => value === number));
  };
  return {
    tool: 'DICOM segmentation',
    classes: [...labels].filter(([number]) => !isLabelMap || number > 0).map(([, label]) => label),
    imageNames: null,
    drawingOn({ dicom }): Drawing | null {
      if (!dicom) return null;
      const isElsewhere = byInstance.size === 0 && (space === '' || space !== dicom.space);
      const found = isElsewhere ? [] : framesOn(dicom, byInstance, frames);
      // A slice of its series without a frame is one on which nothing was found.
      if (found.length === 0 && !series.has(dicom.series)) return null;
      return {
        size: { width, height },
        leftOut: new Map(),
        shapes: found.flatMap(({ frame, page }) => drawFrame(frame, page)),
      };
    },
  };
}

function segmentFrame(set: DicomFile, index: number, isLabelMap: boolean): SegmentFrame {
  const own = itemsOf(set, TAG.perFrame)[index];
  const [shared] = itemsOf(set, TAG.shared);
  const groups = [own, shared].filter((group): group is DicomDataSet => group !== undefined);
  const inGroups = (macro: number): DicomDataSet[] => groups.flatMap((group) => itemsOf(group, macro));
  const instances = inGroups(TAG.derivationImages)
    .flatMap((derivation) => itemsOf(derivation, TAG.sourceImages))
    .flatMap((source) => {
      const uid = textOf(source, TAG.referencedInstance);
      return uid ? [{ uid, frame: numberOf(source, TAG.referencedFrame) ?? null }] : [];
    });
  const [identified] = inGroups(TAG.segmentIdentification);
  return {
    index,
    segment: isLabelMap ? 0 : ((identified && numberOf(identified, TAG.referencedSegment)) ?? 1),
    instances,
    plane: planeOf(
      numbersAt(inGroups(TAG.planePosition)[0] ?? set, TAG.position, 3),
      numbersAt(inGroups(TAG.planeOrientation)[0] ?? set, TAG.orientation, 6),
    ),
  };
}

/** The frames that lie on an image, each with the page of it; an image that is referred to is told by that alone. */
function framesOn(
  dicom: DicomInfo,
  byInstance: ReadonlyMap<string, readonly SegmentFrame[]>,
  all: readonly SegmentFrame[],
): { frame: SegmentFrame; page: number | null }[] {
  if (byInstance.size > 0) {
    return (byInstance.get(dicom.instance) ?? []).flatMap((frame) =>
      frame.instances
        .filter(({ uid }) => uid === dicom.instance)
        .map((one) => ({ frame, page: one.frame === null ? null : one.frame - 1 })),
    );
  }
  return dicom.planes.flatMap((plane, page) =>
    all
      .filter((frame) => plane !== null && frame.plane !== null && isSamePlane(plane, frame.plane))
      .map((frame) => ({ frame, page })),
  );
}

function isSamePlane(a: PlaneInSpace, b: PlaneInSpace): boolean {
  const apart = Math.hypot(...a.position.map((value, index) => value - (b.position[index] ?? 0)));
  const turned = Math.max(
    ...a.orientation.map((value, index) => Math.abs(value - (b.orientation[index] ?? 0))),
  );
  return apart <= SAME_PLACE && turned <= 1e-3;
}
