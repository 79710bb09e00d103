/** What the header of packed pixels says of them, before they are unpacked. */
export interface PackedSize {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly precision: number;
}

/** Of any JPEG or JPEG-LS, by its frame header; null when there is none. Source: ITU-T T.81, B.2.2, and T.87. */
export function jpegSize(bytes: Buffer): PackedSize | null {
  let at = 2;
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame =
      (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;
    if (isFrame) {
      return {
        precision: bytes[at + 4] ?? 0,
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
        components: bytes[at + 9] ?? 0,
      };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

const BOX_HEADER = Buffer.from([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]);

/** Of a JPEG 2000 codestream, or one within its boxes; null when there is none. Source: ITU-T T.800, A.5.1. */
export function jpeg2000Size(bytes: Buffer): PackedSize | null {
  const start = bytes.subarray(0, 8).equals(BOX_HEADER)
    ? bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]))
    : 0;
  if (start < 0 || start + 43 > bytes.length || bytes.readUInt32BE(start) !== 0xff4fff51) return null;
  const at = start + 8;
  return {
    width: bytes.readUInt32BE(at) - bytes.readUInt32BE(at + 8),
    height: bytes.readUInt32BE(at + 4) - bytes.readUInt32BE(at + 12),
    components: bytes.readUInt16BE(at + 32),
    precision: ((bytes[at + 34] ?? 0) & 127) + 1,
  };
}
