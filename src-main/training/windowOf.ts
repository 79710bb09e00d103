import { reflect } from './reflect.ts';

/**
 * Cuts a window out of a channel-last image; what lies outside the image is filled by reflection.
 * @param image height * width * channels
 * @returns window height * window width * channels
 */
export function windowOf(
  image: Float32Array,
  size: { readonly height: number; readonly width: number; readonly channels: number },
  window: { readonly top: number; readonly left: number; readonly height: number; readonly width: number },
): Float32Array {
  const { channels } = size;
  const result = new Float32Array(window.height * window.width * channels);
  for (let row = 0; row < window.height; row++) {
    const source = reflect(window.top + row, size.height) * size.width;
    const inside = Math.max(0, Math.min(window.width, size.width - window.left));
    const start = (source + window.left) * channels;
    const target = row * window.width * channels;
    result.set(image.subarray(start, start + inside * channels), target);
    for (let column = inside; column < window.width; column++) {
      const pixel = (source + reflect(window.left + column, size.width)) * channels;
      for (let c = 0; c < channels; c++) result[target + column * channels + c] = image[pixel + c] ?? 0;
    }
  }
  return result;
}
