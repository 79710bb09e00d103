export interface BmpOptions {
  readonly bits: 1 | 4 | 8 | 24 | 32;
  readonly topDown?: boolean;
  readonly compression?: number;
  /** Red, green, blue per entry, for 1, 4 and 8 bits. */
  readonly palette?: readonly (readonly [number, number, number])[];
}

/**
 * Writes a Windows bitmap. `pixel` gives the palette index (1, 4, 8 bits) or [red, green, blue] at a place,
 * with y counted from the top.
 */
export function bmp(
  width: number,
  height: number,
  options: BmpOptions,
  pixel: (x: number, y: number) => number | readonly [number, number, number],
): Buffer {
  const { bits, topDown = false, palette = [], compression = 0 } = options;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const offset = 54 + palette.length * 4;
  const file = Buffer.alloc(offset + stride * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(offset, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(topDown ? -height : height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.writeUInt32LE(palette.length, 46);
  palette.forEach(([red, green, blue], entry) => file.set([blue, green, red], 54 + entry * 4));
  for (let y = 0; y < height; y += 1) {
    const row = offset + (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x += 1) {
      const value = pixel(x, y);
      if (typeof value !== 'number') file.set([value[2], value[1], value[0]], row + x * (bits / 8));
      else {
        const at = row + Math.floor((x * bits) / 8);
        file[at] = (file[at] ?? 0) | (value << (8 - bits - ((x * bits) % 8)));
      }
    }
  }
  return file;
}
