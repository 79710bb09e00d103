/** Decoded pixels at their native depth, row by row, channel-last, without alpha. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1 also when the file stores three equal channels. */
  readonly channels: 1 | 3;
  readonly bitDepth: 8 | 16 | 32;
  /** height * width * channels values; 32 bit is float, or integers held exactly up to 2^24. */
  readonly data: Uint8Array | Uint16Array | Float32Array;
  /** Transparency as 0..255 per pixel, when the file has any that is not fully opaque; otherwise null. */
  readonly alpha: Uint8Array | null;
  /** EXIF/TIFF orientation 1..8 as stored; the pixels are as stored too. */
  readonly orientation: number;
  /** Three equal channels were stored and reduced to one. */
  readonly greyStoredAsColour: boolean;
  /** NaN or infinite values were found and replaced by the least finite value. */
  readonly notFinite: boolean;
}

/** Keeps `keep` of every `from` interleaved channels, in an array of the same type. */
export function takeChannels<T extends Raster['data']>(data: T, from: number, keep: number): T {
  if (from === keep) return data;
  const pixels = data.length / from;
  const kept = new (data.constructor as new (length: number) => T)(pixels * keep);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let channel = 0; channel < keep; channel += 1) {
      kept[pixel * keep + channel] = data[pixel * from + channel] ?? 0;
    }
  }
  return kept;
}

/** True when red, green and blue are equal in every pixel. */
export function isGreyStoredAsColour(data: Raster['data']): boolean {
  for (let index = 0; index < data.length; index += 3) {
    if (data[index] !== data[index + 1] || data[index] !== data[index + 2]) return false;
  }
  return true;
}
