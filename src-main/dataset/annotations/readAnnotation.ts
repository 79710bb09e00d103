import { CcnetError } from '#common/errors.ts';
import { isDicom } from '../decoding/dicom/dicomDataSet.ts';
import { type DicomInfo, dicomInfo } from '../decoding/dicom/dicomInfo.ts';
import type { AnnotationFile } from './drawing.ts';
import { dicomSegmentation } from './dicomSegmentation.ts';
import { structureSet } from './structureSet.ts';

/** Reason of files that are something else, such as a program's settings. */
export const OF_NO_KIND = 'it is of no kind that is read';

/** Whether a file may hold annotations, by its name and, of DICOM, by what it says it is. */
export function mayBeAnnotation(path: string, kind: DicomInfo['kind'] | undefined): boolean {
  if (kind !== undefined) return kind === 'segmentation' || kind === 'structures';
  return /\.(json|geojson|xml|roi|zip)$/i.test(path);
}

const known = new WeakMap<Buffer, AnnotationFile>();

/**
 * Reads an annotation file, once for a buffer.
 * @param path its name, by which some tools name the image
 * @throws annotation-unread, which says why; image-damaged for DICOM
 */
export function readAnnotation(bytes: Buffer, path: string): AnnotationFile {
  const before = known.get(bytes);
  if (before) return before;
  const annotation = read(bytes, path);
  known.set(bytes, annotation);
  return annotation;
}

function read(bytes: Buffer, path: string): AnnotationFile {
  if (isDicom(bytes)) {
    const { kind } = dicomInfo(bytes, path);
    if (kind === 'segmentation') return dicomSegmentation(bytes, path);
    if (kind === 'structures') return structureSet(bytes, path);
  }
  throw new CcnetError('annotation-unread', { file: path, reason: OF_NO_KIND });
}
