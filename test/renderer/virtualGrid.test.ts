import { describe, expect, it } from 'vitest';
import {
  layoutGrid,
  moveInGrid,
  scrollToShow,
  slotCount,
  tilePosition,
  visibleRange,
} from '../../src-renderer/components/grid/virtualGrid.ts';

const SHAPE = { wish: 100, gap: 10, caption: 40 };
const layout = layoutGrid(23, 540, SHAPE);

describe('the virtual grid', () => {
  it('fits as many columns as the width holds and stretches them over it', () => {
    expect(layout).toMatchObject({ columns: 5, rows: 5, tile: 100, rowHeight: 150, height: 740 });
    expect(layoutGrid(23, 539, SHAPE)).toMatchObject({ columns: 4, tile: (539 - 30) / 4 });
  });

  it('keeps one column in the narrowest window', () => {
    expect(layoutGrid(3, 20, SHAPE)).toMatchObject({ columns: 1, rows: 3 });
  });

  it('keeps the rows in view and the spare ones, and never more than there are', () => {
    expect(visibleRange(layout, 23, 0, 300, 1)).toEqual({ from: 0, to: 15 });
    expect(visibleRange(layout, 23, 450, 300, 0)).toEqual({ from: 15, to: 23 });
    expect(visibleRange(layout, 0, 0, 300, 1)).toEqual({ from: 0, to: 0 });
  });

  it('shows a bounded number of tiles however many images there are', () => {
    const large = layoutGrid(1_000_000, 540, SHAPE);
    const { from, to } = visibleRange(large, 1_000_000, 7_000_000, 800, 2);
    expect(to - from).toBeLessThanOrEqual(slotCount(large, 800, 2));
    expect(slotCount(large, 800, 2)).toBe(55);
  });

  it('places tiles row by row', () => {
    expect(tilePosition(layout, 7)).toEqual({ x: 220, y: 150 });
  });

  it.each([
    ['ArrowRight', 4, 5],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 8],
    ['ArrowUp', 3, 3],
    ['ArrowDown', 19, 22],
    ['ArrowDown', 21, 21],
    ['Home', 13, 0],
    ['End', 13, 22],
    ['PageDown', 0, 10],
    ['PageUp', 12, 2],
    ['x', 4, null],
  ])('%s moves the focus from %i to %s', (key, from, to) => {
    expect(moveInGrid(key, from, 23, layout, 320)).toBe(to);
  });

  it('scrolls as little as possible to show a tile', () => {
    expect(scrollToShow(layout, 12, 0, 450)).toBe(0);
    expect(scrollToShow(layout, 17, 0, 450)).toBe(150);
    expect(scrollToShow(layout, 2, 300, 450)).toBe(0);
  });
});
