import { expect, test } from 'vitest';
import { resultPaths } from '../../src-main/use/resultPaths.ts';

test('results keep the image’s subfolder and name, pages their number, and a TIFF stays one', () => {
  const paths = resultPaths(['day 1/a.png', 'day 1/b.TIF', 'c.jpg', 'c.png', 'd.ome.tif']);
  expect(paths.get('day 1/a.png')?.mask(null)).toBe('masks/day 1/a_mask.png');
  expect(paths.get('day 1/b.TIF')?.mask(3)).toBe('masks/day 1/b_p003_mask.tif');
  expect(paths.get('day 1/b.TIF')?.overlay(3)).toBe('overlays/day 1/b_p003_overlay.png');
  expect(paths.get('c.jpg')?.mask(null)).toBe('masks/c.jpg_mask.png');
  expect(paths.get('c.png')?.mask(null)).toBe('masks/c.png_mask.png');
  expect(paths.get('d.ome.tif')?.probability(null)).toBe('probabilities/d_probability.tif');
});
