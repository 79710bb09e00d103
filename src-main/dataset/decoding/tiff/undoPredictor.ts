/** Rows of blocks whose samples were stored as differences. */
export interface PredictedRows {
  readonly bytes: Buffer;
  readonly littleEndian: boolean;
  /** Pixels of a row of the image, and of a block (tile, or the whole row). */
  readonly width: number;
  readonly blockWidth: number;
  /** Interleaved samples of a pixel, and bytes of a sample. */
  readonly samples: number;
  readonly sampleBytes: 1 | 2 | 4 | 8;
}

/**
 * Undoes horizontal differencing (predictor 2: whole numbers, differences within a block's row, of every sample by itself, modulo
 * the size of the number). Source: TIFF 6.0, section 14. In place.
 */
export function undoHorizontalDifferences(rows: PredictedRows): void {
  const { bytes, littleEndian, samples, sampleBytes } = rows;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const add = adderOf(view, sampleBytes, littleEndian);
  eachBlockRow(rows, (start, pixels) => {
    for (let index = samples; index < pixels * samples; index += 1) {
      const at = start + index * sampleBytes;
      add(at, at - samples * sampleBytes);
    }
  });
}

function adderOf(
  view: DataView,
  size: PredictedRows['sampleBytes'],
  little: boolean,
): (at: number, from: number) => void {
  if (size === 1) return (at, from) => view.setUint8(at, view.getUint8(at) + view.getUint8(from));
  if (size === 2) {
    return (at, from) =>
      view.setUint16(at, view.getUint16(at, little) + view.getUint16(from, little), little);
  }
  if (size === 4) {
    return (at, from) =>
      view.setUint32(at, view.getUint32(at, little) + view.getUint32(from, little), little);
  }
  return (at, from) => {
    const sum = view.getBigUint64(at, little) + view.getBigUint64(from, little);
    view.setBigUint64(at, BigInt.asUintN(64, sum), little);
  };
}

/**
 * Undoes the floating-point predictor (predictor 3): within a block's row the bytes of all numbers, sorted from the most to the
 * least significant one, were stored as differences. The result is big-endian. Source: Adobe Photoshop TIFF Technical Note 3. In
 * place; blocks at the right edge are as wide as the others, so `width` must be a multiple of `blockWidth`.
 */
export function undoFloatDifferences(rows: PredictedRows): void {
  const { bytes, samples, sampleBytes } = rows;
  eachBlockRow(rows, (start, pixels) => {
    const numbers = pixels * samples;
    const length = numbers * sampleBytes;
    const row = Buffer.from(bytes.subarray(start, start + length));
    for (let index = samples; index < length; index += 1)
      row[index] = (row[index] ?? 0) + (row[index - samples] ?? 0);
    for (let index = 0; index < numbers; index += 1) {
      for (let byte = 0; byte < sampleBytes; byte += 1) {
        bytes[start + index * sampleBytes + byte] = row[byte * numbers + index] ?? 0;
      }
    }
  });
}

function eachBlockRow(
  { bytes, width, blockWidth, samples, sampleBytes }: PredictedRows,
  visit: (start: number, pixels: number) => void,
): void {
  const pixelBytes = samples * sampleBytes;
  const rowBytes = width * pixelBytes;
  for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
    for (let left = 0; left < width; left += blockWidth) {
      visit(row + left * pixelBytes, Math.min(blockWidth, width - left));
    }
  }
}
