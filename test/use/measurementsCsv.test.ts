import { expect, test } from 'vitest';
import type { SegmentedPage } from '#contract/jobs/segmentKind.ts';
import { measurementsCsv } from '../../src-main/use/measurementsCsv.ts';

const page: SegmentedPage = {
  image: 'a.tif',
  page: 2,
  width: 10,
  height: 10,
  mask: 'masks/a_p002_mask.tif',
  area: 25,
  objects: 2,
  meanObject: 12.5,
  medianObject: 15,
  largestObject: 15,
  pixelSize: 0.5,
  scale: 'side',
  unlike: [],
  dice: 0.9,
  iou: 0.8,
};

test('a line tells areas in pixels and in square micrometres', () => {
  const [head, line] = measurementsCsv([page]).split('\r\n');
  expect(head).toMatch(/^image,page,width_px,height_px,area_px,share,objects,/);
  expect(line).toBe('a.tif,2,10,10,25,0.25,2,12.5,15,15,0.5,6.25,3.125,side,0.9,0.8,,masks/a_p002_mask.tif');
});

test('what is not known is empty, and words are quoted and never a formula', () => {
  const strange = {
    ...page,
    image: '=cmd, "x".png',
    page: null,
    pixelSize: null,
    dice: null,
    iou: null,
    unlike: ['grey, trained on colour images'],
  };
  const line = measurementsCsv([strange]).split('\r\n')[1] ?? '';
  expect(line).toMatch(/^"'=cmd, ""x"".png",,10,10,25,/);
  expect(line).toContain(',,,,side,,,"grey, trained on colour images",');
});
