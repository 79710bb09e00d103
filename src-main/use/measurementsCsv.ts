import type { SegmentedPage } from '#contract/jobs/segmentKind.ts';

const COLUMNS = [
  'image',
  'page',
  'width_px',
  'height_px',
  'area_px',
  'share',
  'objects',
  'mean_object_px',
  'median_object_px',
  'largest_object_px',
  'pixel_size_um',
  'area_um2',
  'mean_object_um2',
  'scale',
  'dice',
  'iou',
  'unlike_training',
  'mask',
] as const;

/** The table of segmented images as CSV (RFC 4180), a line each; what is not known is empty. */
export function measurementsCsv(pages: readonly SegmentedPage[]): string {
  const lines = pages.map((page) => {
    const square = page.pixelSize === null ? null : page.pixelSize ** 2;
    const values: Record<(typeof COLUMNS)[number], string | number | null> = {
      image: page.image,
      page: page.page,
      width_px: page.width,
      height_px: page.height,
      area_px: page.area,
      share: digits(page.area / (page.width * page.height)),
      objects: page.objects,
      mean_object_px: digits(page.meanObject),
      median_object_px: page.medianObject,
      largest_object_px: page.largestObject,
      pixel_size_um: page.pixelSize === null ? null : digits(page.pixelSize),
      area_um2: square === null ? null : digits(page.area * square),
      mean_object_um2: square === null ? null : digits(page.meanObject * square),
      scale: page.scale,
      dice: page.dice === null ? null : digits(page.dice),
      iou: page.iou === null ? null : digits(page.iou),
      unlike_training: page.unlike.join('; '),
      mask: page.mask,
    };
    return COLUMNS.map((column) => field(values[column])).join(',');
  });
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

const digits = (value: number): number => Number(value.toPrecision(6));

/** Quoted where it must be; a text that a spreadsheet would take for a formula gets a quote before it. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
