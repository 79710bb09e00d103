import type { Sharp } from 'sharp';
import sharp from 'sharp';

export const SIDE = 96;

/** A smooth, noisy grey picture; another seed makes another one. */
export function photoPixels(seed: number, width = SIDE, height = SIDE): Uint8Array {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return Uint8Array.from({ length: width * height }, (_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const x = index % width;
    const y = Math.floor(index / width);
    return 110 + 60 * Math.sin((x + seed * 7) / 9) * Math.cos((y + seed * 3) / 11) + (state >>> 24) / 6;
  });
}

/** 1 inside a disc whose place depends on the seed, 0 elsewhere. */
export function discPixels(seed: number, width = SIDE, height = SIDE): Uint8Array {
  const centreX = width * (0.35 + 0.06 * (seed % 6));
  const centreY = height * (0.6 - 0.05 * (seed % 5));
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const distance = Math.hypot((index % width) - centreX, Math.floor(index / width) - centreY);
    return distance < Math.min(width, height) / 5 ? 1 : 0;
  });
}

export function scaled(values: Uint8Array, factor: number): Uint8Array {
  return values.map((value) => value * factor);
}

/** Repeats one channel three times. */
export function asRgb(values: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: values.length * 3 }, (_, index) => values[Math.floor(index / 3)] ?? 0);
}

function raw(values: Uint8Array, width: number, channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(values, { raw: { width, height: values.length / channels / width, channels } });
}

export function png(values: Uint8Array, width = SIDE, channels: 1 | 2 | 3 | 4 = 1): Promise<Buffer> {
  const image = raw(values, width, channels);
  return (channels === 1 ? image.toColourspace('b-w') : image).png().toBuffer();
}

export function png16(values: Uint16Array, width = SIDE): Promise<Buffer> {
  return sharp(values, { raw: { width, height: values.length / width, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
}

export function jpeg(values: Uint8Array, width = SIDE, channels: 1 | 3 = 1, quality = 80): Promise<Buffer> {
  const image = raw(values, width, channels);
  return (channels === 1 ? image.toColourspace('b-w') : image).jpeg({ quality }).toBuffer();
}

export function webp(
  values: Uint8Array,
  width = SIDE,
  channels: 1 | 3 = 1,
  lossless = true,
): Promise<Buffer> {
  return raw(values, width, channels).webp({ lossless }).toBuffer();
}

export function tiffLzw(values: Uint8Array, width = SIDE, channels: 1 | 3 = 1): Promise<Buffer> {
  const image = raw(values, width, channels);
  return (channels === 1 ? image.toColourspace('b-w') : image).tiff({ compression: 'lzw' }).toBuffer();
}

export function gif(values: Uint8Array, width = SIDE): Promise<Buffer> {
  return raw(values, width, 1).gif().toBuffer();
}
