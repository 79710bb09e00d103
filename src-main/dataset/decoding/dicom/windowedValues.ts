import type { Window } from './dicomPixels.ts';

/** Values as they are shown in a window, 0 to 255. Source: DICOM PS3.3, C.11.2.1.2 and C.11.2.1.3. */
export function windowedValues(values: ArrayLike<number>, { centre, width, shape }: Window): Uint8Array {
  const shown = new Uint8ClampedArray(values.length);
  const share = shareIn({ centre, width, shape });
  for (let index = 0; index < shown.length; index += 1) shown[index] = share(values[index] ?? 0) * 255;
  return new Uint8Array(shown.buffer);
}

function shareIn({ centre, width, shape }: Window): (value: number) => number {
  if (shape === 'SIGMOID') return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width));
  if (shape === 'LINEAR_EXACT') return (value) => (value - centre) / width + 0.5;
  if (width <= 1) return (value) => (value <= centre - 0.5 ? 0 : 1);
  return (value) => (value - (centre - 0.5)) / (width - 1) + 0.5;
}
