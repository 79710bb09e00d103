import { describe, expect, it } from 'vitest';
import {
  fitPlacement,
  MOST_ZOOM,
  withinView,
  zoomAt,
} from '../../src-renderer/components/viewer/viewerGeometry.ts';

const IMAGE = { width: 1000, height: 500 };
const VIEW = { width: 500, height: 500 };

describe('the viewer', () => {
  it('begins with the whole image in the middle', () => {
    expect(fitPlacement(IMAGE, VIEW)).toEqual({ zoom: 0.5, x: 0, y: 125 });
  });

  it('keeps the point under the pointer in place while zooming', () => {
    const before = { zoom: 2, x: -300, y: -200 };
    const point = { x: 120, y: 340 };
    const after = zoomAt(before, 1.5, point, IMAGE, VIEW);
    expect((point.x - after.x) / after.zoom).toBeCloseTo((point.x - before.x) / before.zoom);
    expect((point.y - after.y) / after.zoom).toBeCloseTo((point.y - before.y) / before.zoom);
  });

  it('zooms no further than to large pixels and to the whole image', () => {
    expect(zoomAt({ zoom: 30, x: 0, y: 0 }, 9, { x: 0, y: 0 }, IMAGE, VIEW).zoom).toBe(MOST_ZOOM);
    expect(zoomAt({ zoom: 0.6, x: 0, y: 0 }, 0.1, { x: 0, y: 0 }, IMAGE, VIEW).zoom).toBe(0.5);
  });

  it('never loses the image out of sight', () => {
    expect(withinView({ zoom: 1, x: 400, y: -900 }, IMAGE, VIEW)).toEqual({ zoom: 1, x: 0, y: 0 });
    expect(withinView({ zoom: 1, x: -900, y: 0 }, IMAGE, VIEW)).toMatchObject({ x: -500 });
  });
});
