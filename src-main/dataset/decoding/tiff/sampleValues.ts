import type { SampleFormat } from './tiffPage.ts';

/** Bytes of pixels, row by row, and what they mean. */
export interface SampleBytes {
  readonly bytes: Buffer;
  readonly littleEndian: boolean;
  readonly bits: 8 | 16 | 32 | 64;
  readonly format: Exclude<SampleFormat, 'other'>;
}

/** Unsigned 8 and 16 bits as they are; everything else as 32-bit float, to which 64-bit numbers are rounded. */
export type SampleValues = Uint8Array | Uint16Array | Float32Array;

/** Turns bytes into numbers. Half floats: IEEE 754 binary16. */
export function sampleValues({ bytes, littleEndian, bits, format }: SampleBytes): SampleValues {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const step = bits / 8;
  const count = Math.floor(bytes.length / step);
  if (bits === 8 && format === 'unsigned') return Uint8Array.from(bytes);
  const read = readerOf(view, bits, format, littleEndian);
  const values = bits === 16 && format === 'unsigned' ? new Uint16Array(count) : new Float32Array(count);
  for (let index = 0; index < count; index += 1) values[index] = read(index * step);
  return values;
}

function readerOf(
  view: DataView,
  bits: SampleBytes['bits'],
  format: SampleBytes['format'],
  little: boolean,
): (at: number) => number {
  switch (`${format}${bits}` as const) {
    case 'signed8':
      return (at) => view.getInt8(at);
    case 'unsigned16':
      return (at) => view.getUint16(at, little);
    case 'signed16':
      return (at) => view.getInt16(at, little);
    case 'float16':
      return (at) => halfFloat(view.getUint16(at, little));
    case 'unsigned32':
      return (at) => view.getUint32(at, little);
    case 'signed32':
      return (at) => view.getInt32(at, little);
    case 'float32':
      return (at) => view.getFloat32(at, little);
    case 'unsigned64':
      return (at) => Number(view.getBigUint64(at, little));
    case 'signed64':
      return (at) => Number(view.getBigInt64(at, little));
    case 'float64':
      return (at) => view.getFloat64(at, little);
    default:
      return (at) => view.getUint8(at);
  }
}

function halfFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
