import { stemOf } from '../pairing/classifyPaths.ts';
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
import { nameMatch } from './nameMatch.ts';

/** Whether JSON is GeoJSON as QuPath writes it: a collection of features, one feature, or a list of them. */
export function isGeoJson(json: unknown): boolean {
  if (Array.isArray(json))
    return json.length > 0 && json.every((one) => isRecord(one) && one['type'] === 'Feature');
  return isRecord(json) && (json['type'] === 'FeatureCollection' || json['type'] === 'Feature');
}

/**
 * Reads objects of QuPath in GeoJSON (RFC 7946, with pixels as coordinates), of the image of the file's name. A polygon's inner rings are holes; the polygons of a multipolygon are
 * filled one by one. The class is that of the object; points and lines are no areas.
 * @throws annotation-unread
 */
export function geoJson(json: unknown, path: string): AnnotationFile {
  const features: unknown[] = Array.isArray(json)
    ? json
    : isRecord(json) && Array.isArray(json['features'])
      ? json['features']
      : [json];
  const leftOut = new Map<string, number>();
  const shapes = features.flatMap((feature): Shape[] => {
    if (!isRecord(feature) || !isRecord(feature['geometry'])) return [];
    const className = classOf(feature['properties']);
    const page = pageOf(feature['geometry']);
    return areasOf(feature['geometry'], path, leftOut).map((area) => ({
      className,
      ignored: isIgnoredClass(className),
      page,
      area,
    }));
  });
  const names = [stemOf(path), stemOf(stemOf(path))];
  return {
    tool: 'QuPath',
    classes: classesOfShapes(shapes),
    imageNames: [names],
    drawingOn: (image) =>
      names.some((name) => nameMatch(name, image.path) > 0) ? { size: null, shapes, leftOut } : null,
  };
}

function classOf(properties: unknown): string {
  const said = isRecord(properties) ? properties['classification'] : undefined;
  if (typeof said === 'string') return nameOf(said) || UNNAMED;
  if (!isRecord(said)) return UNNAMED;
  const names = Array.isArray(said['names']) ? said['names'].map(nameOf).join(': ') : nameOf(said['name']);
  return names || UNNAMED;
}

/** The slice on which an object lies; of an image of one plane it is the first. */
function pageOf(geometry: Json): number | null {
  const { plane } = geometry;
  return isRecord(plane) ? finite(plane['z']) : null;
}

function areasOf(geometry: Json, path: string, leftOut: Map<string, number>): Area[] {
  const { type, coordinates } = geometry;
  const polygon = (rings: unknown): Area[] => {
    const read = Array.isArray(rings) ? rings.map((ring) => ringOf(ring, path)) : [];
    return read.some((ring) => ring.length >= 6) ? [{ rings: read }] : [];
  };
  if (type === 'Polygon') return polygon(coordinates);
  if (type === 'MultiPolygon') return Array.isArray(coordinates) ? coordinates.flatMap(polygon) : [];
  if (type === 'GeometryCollection' && Array.isArray(geometry['geometries']))
    return geometry['geometries'].filter(isRecord).flatMap((one) => areasOf(one, path, leftOut));
  count(leftOut, nameOf(type).toLowerCase() || 'geometry');
  return [];
}
