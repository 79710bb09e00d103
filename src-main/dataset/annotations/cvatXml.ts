import { finite, nameOf, ringOf, sideOf, unread } from './annotationText.ts';
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
import { nameIndex } from './nameMatch.ts';
import { xmlElements, type XmlElement } from './xmlElements.ts';

interface Entry {
  readonly names: readonly string[];
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly shapes: (Shape & { readonly order: number })[];
  readonly leftOut: Map<string, number>;
}

/** Whether a text is CVAT's XML. */
export function isCvatXml(text: string): boolean {
  return /<annotations\b/.test(text.slice(0, 100_000));
}

/**
 * Reads CVAT's XML "for images" (1.1): polygons, ellipses and masks, those that lie higher over the others. Boxes, lines and points are no areas.
 * @throws annotation-unread, also for films, whose frames have no names in it
 */
export function cvatXml(text: string, path: string): AnnotationFile {
  const entries: Entry[] = [];
  let current: Entry | null = null;
  let tracks = 0;
  for (const element of xmlElements(text)) {
    if (element.name === 'track') tracks += 1;
    if (element.name === '/image') current = null;
    else if (element.name === 'image') {
      const name = nameOf(element.attributes.get('name'));
      if (name === '') throw unread(path, 'one of its images has no name');
      const [width, height] = [
        sideOf(element.attributes.get('width'), path),
        sideOf(element.attributes.get('height'), path),
      ];
      current = {
        names: [name],
        size: width !== null && height !== null ? { width, height } : null,
        shapes: [],
        leftOut: new Map(),
      };
      entries.push(current);
      if (element.isEmpty) current = null;
    } else if (current) addShape(element, current, path);
  }
  if (entries.length === 0 && tracks > 0)
    throw unread(path, 'it is CVAT\'s format for films; export it from CVAT "for images"');
  const all = entries.map((entry) => ({
    ...entry,
    shapes: entry.shapes.toSorted((a, b) => a.order - b.order),
  }));
  const find = nameIndex(all);
  return {
    tool: 'CVAT',
    classes: classesOfShapes(all.flatMap(({ shapes }) => shapes)),
    imageNames: all.map(({ names }) => names),
    drawingOn(image) {
      const entry = find(image.path);
      return entry && { size: entry.size, shapes: entry.shapes, leftOut: entry.leftOut };
    },
  };
}

const SHAPES = new Set(['polygon', 'ellipse', 'mask', 'box', 'polyline', 'points', 'cuboid', 'skeleton']);

function addShape(element: XmlElement, entry: Entry, path: string): void {
  if (!SHAPES.has(element.name)) return;
  const area = areaOf(element, path);
  if (!area) {
    count(entry.leftOut, element.name === 'points' ? 'point' : element.name);
    return;
  }
  const className = nameOf(element.attributes.get('label')) || UNNAMED;
  const order = finite(element.attributes.get('z_order')) ?? 0;
  entry.shapes.push({ className, ignored: isIgnoredClass(className), page: null, area, order });
}

function areaOf({ name, attributes }: XmlElement, path: string): Area | null {
  const number = (key: string): number => {
    const value = finite(attributes.get(key));
    if (value === null) throw unread(path, `"${key}" of a shape is no number`);
    return value;
  };
  if (name === 'polygon') {
    const ring = ringOf(
      (attributes.get('points') ?? '').split(';').map((corner) => corner.split(',')),
      path,
    );
    return ring.length >= 6 ? { rings: [ring] } : null;
  }
  if (name === 'ellipse')
    return {
      rings: [
        ellipse(
          number('cx'),
          number('cy'),
          number('rx'),
          number('ry'),
          finite(attributes.get('rotation')) ?? 0,
        ),
      ],
    };
  if (name !== 'mask') return null;
  const [width, height] = [number('width'), number('height')];
  const lengths = (attributes.get('rle') ?? '').split(',').map((part) => finite(part) ?? -1);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const isWhole = [width, height, ...lengths].every((one) => Number.isInteger(one) && one >= 0 && one <= 1e9);
  if (!isWhole || total > width * height)
    throw unread(path, 'the run lengths of a mask do not make up its size');
  return {
    runs: {
      left: Math.round(number('left')),
      top: Math.round(number('top')),
      width,
      height,
      lengths,
      byColumns: false,
    },
  };
}
