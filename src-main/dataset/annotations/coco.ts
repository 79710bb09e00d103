import { finite, isRecord, type Json, nameOf, ringOf, sideOf, unread } from './annotationText.ts';
import { cocoRuns } from './cocoRuns.ts';
import {
  type AnnotationFile,
  type Area,
  classesOfShapes,
  count,
  type Drawing,
  isIgnoredClass,
  type Shape,
  UNNAMED,
} from './drawing.ts';
import { nameIndex } from './nameMatch.ts';

/** Whether an object is what COCO's tools write: images, annotations and categories. */
export function isCoco(json: Json): boolean {
  return (
    Array.isArray(json['images']) && (Array.isArray(json['annotations']) || isRecord(json['annotations']))
  );
}

/** A list; LIVECell has its annotations by their numbers. */
function annotationsOf(json: Json): readonly unknown[] {
  const annotations = json['annotations'];
  return Array.isArray(annotations) ? annotations : Object.values(annotations as Json);
}

/** Whether all corners lie within one pixel, of several outlines or one of some corners: they are shares of width and height. */
function areShares(annotations: readonly unknown[]): boolean {
  let most = 0;
  let corners = 0;
  for (const annotation of annotations) {
    const drawn = isRecord(annotation) ? annotation['segmentation'] : null;
    if (!Array.isArray(drawn)) continue;
    for (const number of drawn.flat(2).map(finite)) {
      most = Math.max(most, Math.abs(number ?? 0));
      corners += 1;
    }
  }
  return corners > 0 && most <= 1;
}

interface Entry {
  readonly names: readonly string[];
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly annotations: Json[];
}

/**
 * Reads a file of COCO (data format for object detection): polygons, of which each is filled by itself, and run lengths, packed or not. A crowd does not count.
 * An image without annotations is one on which nothing was found. Boxes and key points are no areas.
 * @throws annotation-unread
 */
export function coco(json: Json, path: string): AnnotationFile {
  const entries = new Map<unknown, Entry>();
  for (const image of json['images'] as readonly unknown[]) {
    if (!isRecord(image) || nameOf(image['file_name']) === '')
      throw unread(path, 'one of its images has no file_name');
    const [width, height] = [sideOf(image['width'], path), sideOf(image['height'], path)];
    const size = width !== null && height !== null ? { width, height } : null;
    entries.set(image['id'], { names: [String(image['file_name'])], size, annotations: [] });
  }
  const annotations = annotationsOf(json);
  if (areShares(annotations))
    throw unread(path, 'its corners are shares of width and height in place of pixels');
  for (const annotation of annotations) {
    if (!isRecord(annotation)) throw unread(path, 'one of its annotations is none');
    entries.get(annotation['image_id'])?.annotations.push(annotation);
  }
  const categories = Array.isArray(json['categories']) ? json['categories'].filter(isRecord) : [];
  const nameOfCategory = new Map(
    categories.map((one) => [one['id'], nameOf(one['name']) || `class ${String(one['id'])}`]),
  );
  const all = [...entries.values()];
  const used = new Set<string>();
  for (const { annotations } of all)
    for (const { category_id: id } of annotations) used.add(nameOfCategory.get(id) ?? UNNAMED);
  const probe = [...used].map((className): Shape => ({
    className,
    ignored: isIgnoredClass(className),
    page: null,
    area: { rings: [] },
  }));
  const find = nameIndex(all);
  return {
    tool: 'COCO',
    classes: classesOfShapes(probe),
    imageNames: all.map(({ names }) => names),
    drawingOn(image): Drawing | null {
      const entry = find(image.path);
      return entry && drawing(entry, nameOfCategory, path);
    },
  };
}

function drawing(
  { size, annotations }: Entry,
  categories: ReadonlyMap<unknown, string>,
  path: string,
): Drawing {
  const leftOut = new Map<string, number>();
  const shapes = annotations.flatMap((annotation): Shape[] => {
    const className = categories.get(annotation['category_id']) ?? UNNAMED;
    const ignored =
      finite(annotation['iscrowd']) === 1 || annotation['iscrowd'] === true || isIgnoredClass(className);
    const areas = areasOf(annotation['segmentation'], size, path);
    if (areas.length === 0) count(leftOut, 'bbox' in annotation ? 'box' : 'annotation without an outline');
    return areas.map((area) => ({ className, ignored, page: null, area }));
  });
  return { size, shapes, leftOut };
}

function areasOf(segmentation: unknown, size: Entry['size'], path: string): Area[] {
  if (Array.isArray(segmentation)) {
    const parts: unknown[] = segmentation.every((part) => typeof part === 'number')
      ? [segmentation]
      : segmentation;
    return parts.flatMap((part): Area[] => {
      const ring = ringOf(part, path);
      return ring.length >= 6 ? [{ rings: [ring] }] : [];
    });
  }
  if (!isRecord(segmentation)) return [];
  return [{ runs: cocoRuns(segmentation, size, path) }];
}
