const WEB_PAGE = 'a web page, as a download leaves it that asked to sign in';
const DRAWING = 'a drawing (SVG)';
const HEIC = "a HEIC image, as Apple's cameras write it";

/** Beginnings of files that people have under the name of an image, and where they stand. Sources: the formats' own specifications. */
const BEGINNINGS: readonly (readonly [beginning: string, at: number, name: string])[] = [
  ['%PDF', 0, 'a PDF'],
  ['PK\u0003\u0004', 0, 'a packed folder (ZIP)'],
  ['\u001f\u008b', 0, 'a packed file (gzip)'],
  ['8BPS', 0, 'a Photoshop file'],
  ...['heic', 'heix', 'hevc', 'mif1', 'msf1'].map((brand) => [`ftyp${brand}`, 4, HEIC] as const),
  ['ftypavi', 4, 'an AVIF image'],
  ['\0\0\0\u000cjP  ', 0, 'a JPEG 2000 image'],
  ['\u00ff\u004f\u00ff\u0051', 0, 'a JPEG 2000 image'],
  ['\0\0\0\u000cJXL ', 0, 'a JPEG XL image'],
  ['\u00ff\u000a', 0, 'a JPEG XL image'],
  ['\u0089HDF', 0, 'an HDF5 file'],
  ['\u0093NUMPY', 0, 'an array of NumPy'],
  ['NRRD', 0, 'a NRRD volume'],
  ['\0\u0005\u0016\u0007', 0, 'what macOS keeps beside a file on other disks'],
];
const PNM = /^P[1-7]\s/;
const MARKUP = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<\?xml[^>]*>\s*)?<(!doctype html|html|svg)\b/i;

const LONGEST = 512;

/** What a file is that is no image of a kind that is read; null where its beginning does not tell. */
export function contentName(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, LONGEST);
  const markup = MARKUP.exec(start)?.[1]?.toLowerCase();
  if (markup !== undefined) return markup === 'svg' ? DRAWING : WEB_PAGE;
  if (PNM.test(start)) return 'a PNM image';
  return BEGINNINGS.find(([beginning, at]) => start.startsWith(beginning, at))?.[2] ?? null;
}
