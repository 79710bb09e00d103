import type { WorkingSample } from '#common/dataset/dataset.ts';

/** A one-channel sample whose grey levels (0..255) and foreground are functions of the pixel. */
export function paintedSample(
  width: number,
  height: number,
  level: (x: number, y: number) => number,
  foreground: (x: number, y: number) => boolean = () => false,
): WorkingSample {
  const image = new Float32Array(width * height);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      image[y * width + x] = level(x, y) / 255;
      mask[y * width + x] = Number(foreground(x, y));
    }
  }
  return { name: 'painted', width, height, channels: 1, image, mask };
}
