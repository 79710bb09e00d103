const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/**
 * Number of entropy-coded bytes of a JPEG stream: what lies between each scan's header and the marker that ends the
 * scan, stuffed zero bytes and restart markers included, all headers and tables excluded (ITU-T T.81, annex B).
 * @throws RangeError when the bytes are not a complete JPEG stream.
 */
export function jpegScanBytes(jpeg: Uint8Array): number {
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI) throw new RangeError('Not a JPEG stream: it has no start marker.');
  let at = 2;
  let scanBytes = 0;
  while (at + 1 < jpeg.length) {
    if (jpeg[at] !== 0xff) throw new RangeError(`Damaged JPEG stream: no marker at byte ${at}.`);
    const marker = jpeg[at + 1] ?? 0;
    if (marker === EOI) return scanBytes;
    if (marker === 0xff) {
      at += 1; // fill byte before a marker
    } else if (marker === TEM) {
      at += 2;
    } else {
      at += 2 + ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0);
      if (marker === SOS) {
        const end = scanEnd(jpeg, at);
        scanBytes += end - at;
        at = end;
      }
    }
  }
  throw new RangeError('Incomplete JPEG stream: it has no end marker.');
}

/** Where the scan that starts at `from` ends: the next 0xff that is neither stuffed nor of a restart marker. */
function scanEnd(jpeg: Uint8Array, from: number): number {
  for (let at = jpeg.indexOf(0xff, from); at >= 0; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1];
    if (next !== undefined && next !== 0 && !isRestart(next)) return at;
  }
  return jpeg.length;
}
