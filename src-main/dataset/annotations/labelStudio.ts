import { finite, isRecord, type Json, nameOf, ringOf } from './annotationText.ts';
import {
  type AnnotationFile,
  type Area,
  classesOfShapes,
  count,
  isIgnoredClass,
  type Shape,
  UNNAMED,
} from './drawing.ts';
import { ellipse } from './ellipse.ts';
import { labelStudioBrush } from './labelStudioBrush.ts';
import { nameIndex } from './nameMatch.ts';

interface Entry {
  readonly names: readonly string[];
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly shapes: readonly Shape[];
  readonly leftOut: ReadonlyMap<string, number>;
}

/** Whether JSON is what Label Studio exports as JSON: a list of tasks with their annotations. */
export function isLabelStudio(json: unknown): boolean {
  return (
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((task) => isRecord(task) && isRecord(task['data']) && Array.isArray(task['annotations']))
  );
}

/**
 * Reads Label Studio's export (JSON, not JSON-MIN): polygons and ellipses in percent of the image, and brushes. Cancelled annotations do not count; of several people's
 * the first does. Boxes and key points are no areas.
 * @throws annotation-unread
 */
export function labelStudio(json: unknown, path: string): AnnotationFile {
  const entries = (json as readonly Json[]).map((task) => entryOf(task, path));
  const find = nameIndex(entries);
  return {
    tool: 'Label Studio',
    classes: classesOfShapes(entries.flatMap(({ shapes }) => shapes)),
    imageNames: entries.map(({ names }) => names),
    drawingOn: (image) => find(image.path),
  };
}

function entryOf(task: Json, path: string): Entry {
  const data = task['data'] as Json;
  const written = [...Object.values(data), task['file_upload']].filter(
    (value): value is string => typeof value === 'string' && /\.\w{2,5}$/.test(value),
  );
  const names = [...new Set(written.flatMap(namesOf))];
  const annotation = (task['annotations'] as readonly unknown[]).find(
    (one): one is Json => isRecord(one) && one['was_cancelled'] !== true && Array.isArray(one['result']),
  );
  const leftOut = new Map<string, number>();
  let size: Entry['size'] = null;
  const shapes: Shape[] = [];
  for (const region of (annotation?.['result'] ?? []) as readonly unknown[]) {
    if (!isRecord(region) || !isRecord(region['value'])) continue;
    const [width, height] = [finite(region['original_width']), finite(region['original_height'])];
    if (width === null || height === null || !(width > 0 && height > 0)) continue;
    size = { width, height };
    const area = areaOf(region['value'], size, path);
    const kind = nameOf(region['type']).replace(/labels$/, '');
    if (!area) {
      count(leftOut, kind === 'rectangle' ? 'box' : kind || 'mark');
      continue;
    }
    const labels = region['value'][`${kind}labels`];
    const className = (Array.isArray(labels) ? nameOf(labels[0]) : '') || UNNAMED;
    shapes.push({ className, ignored: isIgnoredClass(className), page: null, area });
  }
  return { names: names.length > 0 ? names : ['\0'], size, shapes, leftOut };
}

/** An uploaded file is called "3f2a1b9c-cells.png": eight digits, and what it was called before. */
function namesOf(url: string): string[] {
  const file = decodeURIComponentSafely(url.split(/[?#]/)[0] ?? '').replace(/^.*[?&]d=/, '');
  const bare = file.replace(/(^|\/)[0-9a-f]{8}-([^/]+)$/, '$1$2');
  return bare === file ? [file] : [file, bare];
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function areaOf(
  value: Json,
  { width, height }: { width: number; height: number },
  path: string,
): Area | null {
  if (Array.isArray(value['points'])) {
    const ring = ringOf(value['points'], path);
    if (ring.length < 6) return null;
    return { rings: [ring.map((part, index) => (part / 100) * (index % 2 === 0 ? width : height))] };
  }
  if (Array.isArray(value['rle'])) return { bitmap: labelStudioBrush(value['rle'], width, height, path) };
  const [x, y, across, down] = ['x', 'y', 'radiusX', 'radiusY'].map((key) => finite(value[key]));
  if (x === null || y === null || across === null || down === null) return null;
  if (x === undefined || y === undefined || across === undefined || down === undefined) return null;
  const [w, h] = [width / 100, height / 100];
  return { rings: [ellipse(x * w, y * h, across * w, down * h, finite(value['rotation']) ?? 0)] };
}
