import { CcnetError } from '#common/errors.ts';
import { isDicom } from '../decoding/dicom/dicomDataSet.ts';
import { type DicomInfo, dicomInfo } from '../decoding/dicom/dicomInfo.ts';
import { isRecord, unread } from './annotationText.ts';
import { coco, isCoco } from './coco.ts';
import { cvatXml, isCvatXml } from './cvatXml.ts';
import { dicomSegmentation } from './dicomSegmentation.ts';
import type { AnnotationFile } from './drawing.ts';
import { geoJson, isGeoJson } from './geoJson.ts';
import { isImageJRoi } from './imageJRoi.ts';
import { imageJSelection, imageJSet } from './imageJRois.ts';
import { isLabelMe, labelMe } from './labelMe.ts';
import { isLabelStudio, labelStudio } from './labelStudio.ts';
import { holdsNifti } from '../decoding/nifti/niftiFile.ts';
import { niftiMask } from './niftiMask.ts';
import { structureSet } from './structureSet.ts';

/** Reason of files that are something else, such as a program's settings. */
export const OF_NO_KIND = 'it is of no kind that is read';

/** Whether a file may hold annotations, by its name and, of DICOM, by what it says it is. */
export function mayBeAnnotation(path: string, kind: DicomInfo['kind'] | undefined): boolean {
  if (kind !== undefined) return kind === 'segmentation' || kind === 'structures';
  return /\.(json|geojson|xml|roi|zip)$/i.test(path);
}

const known = new WeakMap<Buffer, Promise<AnnotationFile>>();

/**
 * Reads an annotation file, once for a buffer.
 * @param path its name, by which some tools name the image
 * @throws annotation-unread, which says why; image-damaged for DICOM
 */
export function readAnnotation(bytes: Buffer, path: string): Promise<AnnotationFile> {
  const before = known.get(bytes);
  if (before) return before;
  const annotation = read(bytes, path).catch((error: unknown) => {
    // A number that lies beyond the end of a selection or a file of DICOM.
    throw error instanceof RangeError ? unread(path, 'it is cut off') : error;
  });
  known.set(bytes, annotation);
  return annotation;
}

async function read(bytes: Buffer, path: string): Promise<AnnotationFile> {
  if (isDicom(bytes)) {
    const { kind } = dicomInfo(bytes, path);
    if (kind === 'segmentation') return dicomSegmentation(bytes, path);
    if (kind === 'structures') return structureSet(bytes, path);
    throw unread(path, OF_NO_KIND);
  }
  if (holdsNifti(bytes)) return niftiMask(bytes, path);
  if (isImageJRoi(bytes)) return imageJSelection(bytes, path);
  const isZip = bytes.readUInt16BE(0) === 0x504b;
  if (isZip) {
    const set = await imageJSet(bytes, path);
    if (set) return set;
    throw unread(path, OF_NO_KIND);
  }
  const text = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
  if (/^\s*</.test(text)) {
    if (isCvatXml(text)) return cvatXml(text, path);
    throw unread(path, OF_NO_KIND);
  }
  const json = parsed(text, path);
  if (isGeoJson(json)) return geoJson(json, path);
  if (isLabelStudio(json)) return labelStudio(json, path);
  if (isRecord(json) && isCoco(json)) return coco(json, path);
  if (isRecord(json) && isLabelMe(json)) return labelMe(json, path);
  throw unread(path, OF_NO_KIND);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CcnetError('annotation-unread', { file: path, reason: 'it is no JSON, or cut off' }, { cause });
  }
}
