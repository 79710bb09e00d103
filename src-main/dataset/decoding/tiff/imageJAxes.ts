import type { PageAxis } from './stackGrid.ts';

/** The axes that ImageJ tells; null for other descriptions. Source: ImageJ's TiffDecoder (keys channels, slices, frames). */
export function imageJAxes(description: string): PageAxis[] | null {
  if (!description.startsWith('ImageJ=')) return null;
  return [
    ['C', valueOf(description, 'channels')],
    ['Z', valueOf(description, 'slices')],
    ['T', valueOf(description, 'frames')],
  ];
}

/** Images of a stack, as ImageJ tells them; 1 for other descriptions. */
export function imageJImages(description: string): number {
  return description.startsWith('ImageJ=') ? valueOf(description, 'images') : 1;
}

function valueOf(description: string, key: string): number {
  const found = new RegExp(`^${key}=(\\d+)\\s*$`, 'm').exec(description)?.[1];
  return found === undefined ? 1 : Math.max(1, Number(found));
}
