import { crc32, deflateSync } from 'node:zlib';

/** Writes a PNG of a palette or of few-bit grey values, bit by bit; sharp chooses palettes itself. */
export function packedPng(
  values: ArrayLike<number>,
  width: number,
  { bits = 8, palette }: { bits?: 1 | 2 | 4 | 8; palette?: readonly number[] } = {},
): Buffer {
  const height = values.length / width;
  const stride = Math.ceil((width * bits) / 8);
  const rows = Buffer.alloc(height * (stride + 1));
  for (let index = 0; index < values.length; index += 1) {
    const x = index % width;
    const at = Math.floor(index / width) * (stride + 1) + 1 + Math.floor((x * bits) / 8);
    rows[at] = (rows[at] ?? 0) | ((values[index] ?? 0) << (8 - bits - ((x * bits) % 8)));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, palette ? 3 : 0, 0, 0, 0], 8);
  const colours = Buffer.from(
    (palette ?? []).flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(palette ? [chunk('PLTE', colours)] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}
