import { crc32 } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const GREY = 0;
const INDEXED = 3;
/** What gives pixels another meaning than their index. */
const DROPPED = new Set(['PLTE', 'tRNS', 'bKGD', 'hIST', 'sBIT', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP']);

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

export interface IndexedPng {
  readonly bytes: Buffer;
  /** Colours as 0xRRGGBB, by index; null when the file has grey values of less than 8 bits and no palette. */
  readonly palette: readonly number[] | null;
  readonly transparent: boolean;
}

/**
 * A PNG that shows as brightness what is stored in it, for masks: an index into a palette is its own colour, and fewer than 8 bits
 * are not spread over the range. Null where the file is no such one. Source: PNG specification (third edition), 11.2.
 */
export function indexedPng(bytes: Buffer): IndexedPng | null {
  const chunks = chunksOf(bytes);
  const [header] = chunks;
  if (header?.type !== 'IHDR' || header.data.length !== 13) return null;
  const [bits = 8, colourType] = header.data.subarray(8);
  const isPacked = colourType === GREY && bits < 8;
  if ((colourType !== INDEXED && !isPacked) || bits > 8) return null;
  const indexed = Buffer.from(header.data);
  indexed[9] = INDEXED;
  const own = Buffer.from(Array.from({ length: 2 ** bits * 3 }, (_, index) => Math.floor(index / 3)));
  const others = chunks.slice(1).filter(({ type }) => !DROPPED.has(type));
  const colours = isPacked ? undefined : chunks.find(({ type }) => type === 'PLTE')?.data;
  return {
    bytes: Buffer.concat([
      bytes.subarray(0, SIGNATURE_BYTES),
      chunk('IHDR', indexed),
      chunk('PLTE', own),
      ...others.map(({ whole }) => whole),
    ]),
    palette: colours
      ? Array.from({ length: Math.floor(colours.length / 3) }, (_, index) => colours.readUIntBE(index * 3, 3))
      : null,
    transparent: chunks.some(({ type }) => type === 'tRNS'),
  };
}

function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = SIGNATURE_BYTES;
  while (at + 8 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    // What is cut off stays cut off, so that the decoder says so.
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    at = end;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}
