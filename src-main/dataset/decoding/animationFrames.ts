import type { PictureFormat } from './imageFormat.ts';

/** Pictures that an animation holds, by its headers alone: frames of GIF, WebP and animated PNG; 1 for everything else. */
export function animationFrames(bytes: Buffer, format: PictureFormat): number {
  const frames = { gif: gifFrames, webp: webpFrames, png: pngFrames }[format as 'gif' | 'webp' | 'png'];
  return Math.max(1, frames ? frames(bytes) : 1);
}

/** Image blocks of a GIF (GIF89a: each is followed by sub-blocks, of which one of no bytes is the last). */
function gifFrames(bytes: Buffer): number {
  const byte = (at: number): number => bytes[at] ?? 0;
  const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + colours(byte(10));
  let frames = 0;
  while (at < bytes.length && (byte(at) === 0x21 || byte(at) === 0x2c)) {
    if (byte(at) === 0x2c) {
      frames += 1;
      at += 11 + colours(byte(at + 9));
    } else at += 2;
    while (byte(at) > 0) at += byte(at) + 1;
    at += 1;
  }
  return frames;
}

/** Chunks ANMF of a WebP (RIFF: a name, a length of four bytes, content to an even length). */
function webpFrames(bytes: Buffer): number {
  let frames = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames += 1;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return frames;
}

/** What the chunk acTL of a PNG says, which comes before the pixels. */
function pngFrames(bytes: Buffer): number {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name === 'acTL') return bytes.readUInt32BE(at + 8);
    if (name === 'IDAT') return 1;
  }
  return 1;
}
