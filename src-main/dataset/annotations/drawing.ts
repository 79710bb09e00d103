import type { DicomInfo } from '../decoding/dicom/dicomInfo.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Corners of an outline: x and y in turn, in pixels; the first pixel reaches from 0 to 1. */
export type Ring = Float64Array;

/** Pixels of a rectangle within the image, row by row: 1 is marked. */
export interface Bitmap extends Size {
  readonly left: number;
  readonly top: number;
  readonly bits: Uint8Array;
}

/** One area that was drawn on an image. */
export interface Shape {
  readonly className: string;
  /** It says of its area that it does not count: a crowd of objects that nobody has drawn one by one. */
  readonly ignored: boolean;
  /** Of a slice or frame, from 0; null for all. */
  readonly page: number | null;
  /** Rings are filled together by the even-odd rule, so that one within another is a hole. */
  readonly area: { readonly rings: readonly Ring[] } | { readonly bitmap: Bitmap };
}

/** All that an annotation file draws on one image. */
export interface Drawing {
  /** Of the image, as the annotation says; null where it does not. */
  readonly size: Size | null;
  readonly shapes: readonly Shape[];
  /** What is there and no area: boxes, points, lines. */
  readonly leftOut: readonly string[];
}

/** What tells an image from the others of a dataset. */
export interface ImageIdentity {
  readonly path: string;
  readonly dicom: DicomInfo | null;
}

/** An annotation file, whatever tool wrote it. */
export interface AnnotationFile {
  /** For people: "LabelMe". */
  readonly tool: string;
  /** The classes that it names, in its own order. */
  readonly classes: readonly string[];
  /** How images are found: by the names that it says, or by the file's own name; null where images are told by DICOM identifiers. */
  readonly imageNames: readonly string[] | null;
  /** Null where it says nothing of the image. */
  drawingOn(image: ImageIdentity): Drawing | null;
}

/** Class of a shape to which nobody gave one. */
export const UNNAMED = 'unnamed';
