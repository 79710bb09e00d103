/** Compressions of TIFF that libtiff, as sharp brings it, decodes. */
const DECODED = new Set([1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946]);
/** Those of them that keep bytes as bytes, whatever the bytes mean. */
const OF_BYTES = new Set([1, 5, 8, 32773, 32946]);

/** JPEG 2000 of brightness or of red, green and blue; 33003 holds brightness and colour differences. */
const JPEG_2000 = new Set([33005, 34712]);
const ZSTD = 50000;
export const JPEG = 7;
export const DEFLATE = 8;
export const UNCOMPRESSED = 1;

/** Names of the others. Source: libtiff's tiff.h. */
const NAMES: Readonly<Record<number, string>> = {
  2: 'CCITT',
  3: 'CCITT fax',
  4: 'CCITT fax',
  6: 'JPEG',
  [JPEG]: 'JPEG',
  9: 'JBIG',
  10: 'JBIG',
  32766: 'NeXT',
  32809: 'ThunderScan',
  32895: 'RasterPadding',
  32909: 'Pixar',
  33003: 'JPEG 2000 of colour differences',
  33004: 'JPEG 2000',
  33005: 'JPEG 2000',
  34661: 'JBIG',
  34676: 'SGI Log',
  34677: 'SGI Log',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG of raw photographs',
  34925: 'LZMA',
  34933: 'PNG',
  34934: 'JPEG XR',
  48124: 'JPEG XL',
  [ZSTD]: 'ZSTD',
  50001: 'WebP',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
};

/** How pixels with a compression can be had: "bytes" by libtiff as bytes of any meaning, "pixels" by libtiff, unpacked here, or not at all. */
export function decodingOf(compression: number): 'bytes' | 'pixels' | 'zstd' | 'jpeg-2000' | null {
  if (compression === ZSTD) return 'zstd';
  if (JPEG_2000.has(compression)) return 'jpeg-2000';
  if (OF_BYTES.has(compression)) return 'bytes';
  return DECODED.has(compression) ? 'pixels' : null;
}

/** JPEG, in either of its numbers. */
export function isLossyCompression(compression: number): boolean {
  return compression === 6 || compression === JPEG;
}

export function compressionName(compression: number): string {
  return NAMES[compression] ?? `no. ${compression}`;
}
