import type { Area } from './drawing.ts';

/** The pixels of a whole plane whose value is one of a class. @param values height * width of them, row by row */
export function wholePlane(
  values: ArrayLike<number>,
  { width, height }: { readonly width: number; readonly height: number },
  holds: (value: number) => boolean,
): Area {
  const bits = Uint8Array.from(values, (value) => (holds(value) ? 1 : 0));
  return { bitmap: { left: 0, top: 0, width, height, bits } };
}
