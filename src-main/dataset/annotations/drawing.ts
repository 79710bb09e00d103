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

/** Lengths of runs within a rectangle of the image, beginning with one that is not marked. */
export interface Runs extends Size {
  readonly left: number;
  readonly top: number;
  readonly lengths: ArrayLike<number>;
  /** Down the columns and not along the rows. */
  readonly byColumns: boolean;
}

export type Area =
  /** Rings are filled together by the even-odd rule, so that one within another is a hole. */
  { readonly rings: readonly Ring[] } | { readonly bitmap: Bitmap } | { readonly runs: Runs };

/** One area that was drawn on an image. */
export interface Shape {
  readonly className: string;
  /** It says of its area that it does not count: a crowd of objects that nobody has drawn one by one. */
  readonly ignored: boolean;
  /** Of a slice or frame, from 0; null for all. */
  readonly page: number | null;
  readonly area: Area;
}

/** All that an annotation file draws on one image. */
export interface Drawing {
  /** Of the image, as the annotation says; null where it does not. */
  readonly size: Size | null;
  /** In the order in which they were drawn. */
  readonly shapes: readonly Shape[];
  /** What is there and no area, with how often: "box", "point". */
  readonly leftOut: ReadonlyMap<string, number>;
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
  /**
   * What it calls its images, each with the other names that it may have, the likeliest first; null where images are told by DICOM
   * identifiers.
   */
  readonly imageNames: readonly (readonly string[])[] | null;
  /** The other names of an image must mean the same one: a file that is called after one image and names another is of neither. */
  readonly namesMustAgree?: boolean;
  /** Images are told by their place alone, which slices of two patients may share. */
  readonly isByPlace?: boolean;
  /** Null where it says nothing of the image. */
  drawingOn(image: ImageIdentity): Drawing | null;
}

/** Class of a shape to which nobody gave one. */
export const UNNAMED = 'unnamed';

/** Whether a class means what is around the objects: it takes away what was drawn before. */
export function isBackgroundClass(name: string): boolean {
  return /^_*background_*$/i.test(name);
}

/** Whether a class means pixels that do not count: "__ignore__" of LabelMe, "Ignore*" of QuPath. */
export function isIgnoredClass(name: string): boolean {
  return /^_*ignored?_*\*?$/i.test(name);
}

/** The classes of shapes that are objects, in the order in which they first come. */
export function classesOfShapes(shapes: Iterable<Shape>): string[] {
  const names = new Set<string>();
  for (const { className, ignored } of shapes)
    if (!isBackgroundClass(className) && !(ignored && isIgnoredClass(className))) names.add(className);
  return [...names];
}

/** Counts what is no area. */
export function count(leftOut: Map<string, number>, what: string): void {
  leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
}
