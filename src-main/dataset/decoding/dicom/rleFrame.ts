/**
 * Unpacks a frame of DICOM's run-length encoding (PS3.5, annex G): one segment for each byte of a pixel, the most significant first.
 * @param planes bytes of a pixel: samples times bytes of a sample
 * @returns the planes one after the other; a string says what is damaged
 */
export function rleFrame(packed: Buffer, pixels: number, planes: number): Buffer | string {
  if (packed.length < 64) return 'the header of a packed frame is not whole';
  const segments = packed.readUInt32LE(0);
  if (segments !== planes) return `a packed frame has ${segments} segments instead of ${planes}`;
  const unpacked = Buffer.allocUnsafe(pixels * planes);
  for (let plane = 0; plane < planes; plane += 1) {
    const start = packed.readUInt32LE(4 + 4 * plane);
    const end = plane + 1 < planes ? packed.readUInt32LE(8 + 4 * plane) : packed.length;
    if (start < 64 || end > packed.length || start > end) return 'a segment lies beyond its frame';
    const fault = unpackBits(
      packed.subarray(start, end),
      unpacked.subarray(plane * pixels, (plane + 1) * pixels),
    );
    if (fault !== null) return fault;
  }
  return unpacked;
}

function unpackBits(packed: Buffer, plane: Buffer): string | null {
  let to = 0;
  let at = 0;
  while (to < plane.length) {
    const control = packed[at];
    if (control === undefined) return 'a segment ends before its pixels do';
    at += 1;
    if (control === 128) continue;
    const count = control < 128 ? control + 1 : 257 - control;
    if (to + count > plane.length) return 'a run reaches beyond its frame';
    if (control < 128) {
      if (at + count > packed.length) return 'a segment ends before its pixels do';
      packed.copy(plane, to, at, at + count);
      at += count;
    } else {
      const value = packed[at];
      if (value === undefined) return 'a segment ends before its pixels do';
      plane.fill(value, to, to + count);
      at += 1;
    }
    to += count;
  }
  return null;
}
