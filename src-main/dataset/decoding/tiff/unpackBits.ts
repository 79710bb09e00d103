/** Rows of blocks whose samples are packed bit by bit, the most significant one first; every row of a block begins with a byte. */
export interface PackedRows {
  readonly bytes: Buffer;
  /** Pixels of a row of the image, and of a block (tile, or the whole row). */
  readonly width: number;
  readonly height: number;
  readonly blockWidth: number;
  /** Interleaved samples of a pixel, and bits of a sample: 9 to 15. */
  readonly samples: number;
  readonly bits: number;
}

/** Bytes of a row of a block. */
export function packedRowBytes({
  blockWidth,
  samples,
  bits,
}: Omit<PackedRows, 'bytes' | 'width' | 'height'>): number {
  return Math.ceil((blockWidth * samples * bits) / 8);
}

/** The samples as 16-bit numbers, little endian, row by row. Source: TIFF 6.0, sections 8 (BitsPerSample) and 15. */
export function unpackBits(rows: PackedRows): Buffer {
  const { bytes, width, height, blockWidth, samples, bits } = rows;
  const blockBytes = packedRowBytes(rows);
  const rowBytes = Math.ceil(width / blockWidth) * blockBytes;
  const unpacked = Buffer.alloc(width * height * samples * 2);
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    for (let left = 0; left < width; left += blockWidth) {
      const start = row * rowBytes + Math.floor(left / blockWidth) * blockBytes;
      const values = Math.min(blockWidth, width - left) * samples;
      for (let index = 0; index < values; index += 1) {
        const bit = index * bits;
        const at = start + (bit >> 3);
        const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
        unpacked.writeUInt16LE((three >> (24 - (bit & 7) - bits)) & ((1 << bits) - 1), to);
        to += 2;
      }
    }
  }
  return unpacked;
}
