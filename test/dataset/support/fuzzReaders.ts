import { Random } from '#common/random.ts';
import { CcnetError } from '#common/errors.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import {
  decodeImage,
  decodeMask,
  readImageHeader,
  readPageSize,
} from '../../../src-main/dataset/decoding/decodeImage.ts';
import { imageHash } from '../../../src-main/dataset/source/contentHash.ts';
import { readMask } from '../../../src-main/dataset/masks/readMask.ts';
import { paintDrawing } from '../../../src-main/dataset/annotations/paintDrawing.ts';
import { readAnnotation } from '../../../src-main/dataset/annotations/readAnnotation.ts';
import { dicomInfo } from '../../../src-main/dataset/decoding/dicom/dicomInfo.ts';
import { takeCensus } from '../../../src-main/dataset/masks/takeCensus.ts';
import { reference } from '../formats/reference.ts';
import { tiffReference } from '../formats/tiffReference.ts';
import { bmp } from './bmp.ts';
import { packedPng } from './palettePng.ts';
import { asRgb, discPixels, gif, jpeg, photoPixels, png, png16, tiffLzw, webp } from './pictures.ts';
import { type RawPage, tiffOf } from './tiffOf.ts';

const SIDE = 32;
const ANNOTATION = 'annotation, ';
/** Far more than any of these small files takes, also on a busy machine. */
const MOST_SECONDS = 60;

interface Tally {
  files: number;
  refused: number;
  read: number;
  /** Of those that were read: to other pixels than the sound file's. Formats without checksums cannot tell that a value was changed. */
  otherwise: number;
}

export interface FuzzReport extends Tally {
  /** What must not happen, with what makes it happen again. */
  readonly faults: readonly string[];
  readonly byFormat: ReadonlyMap<string, Tally>;
}

/** Sound small files of every kind that is read. */
async function soundFiles(): Promise<[name: string, bytes: Buffer][]> {
  const photo = photoPixels(1, SIDE, SIDE);
  const disc = discPixels(1, SIDE, SIDE);
  const page = (bits: number, format: 1 | 2 | 3, more: Partial<RawPage> = {}): RawPage => ({
    width: SIDE,
    height: SIDE,
    bits,
    format,
    strips: [Buffer.alloc((SIDE * SIDE * bits) / 8, 37)],
    ...more,
  });
  const imageJ = 'ImageJ=1.54f\nimages=4\nchannels=2\nslices=2\n';
  const ome =
    '<OME UUID="u"><Image><Pixels DimensionOrder="XYCZT" SizeC="2" SizeZ="2" SizeT="1"><Channel/>' +
    '<TiffData FirstZ="1" IFD="0" PlaneCount="2"/><TiffData IFD="2" PlaneCount="2"/></Pixels></Image></OME>';
  return [
    ['PNG', await png(photo, SIDE)],
    [
      'PNG, 16 bits',
      await png16(
        Uint16Array.from(photo, (value) => value * 200),
        SIDE,
      ),
    ],
    ['PNG, palette', packedPng(disc, SIDE, { bits: 1, palette: [0xffffff, 0xff0000] })],
    ['JPEG', await jpeg(asRgb(photo), SIDE, 3)],
    ['WebP', await webp(asRgb(photo), SIDE, 3)],
    [
      'GIF',
      await gif(
        disc.map((value) => value * 255),
        SIDE,
      ),
    ],
    [
      'BMP',
      bmp(
        SIDE,
        SIDE,
        {
          bits: 8,
          palette: [
            [255, 255, 255],
            [255, 0, 0],
          ],
        },
        (x, y) => disc[y * SIDE + x] ?? 0,
      ),
    ],
    ['TIFF, LZW', await tiffLzw(photo, SIDE)],
    ['TIFF, 64 bits', tiffOf([page(64, 2, { compression: 8, tags: { 317: [2] } })])],
    ['TIFF, half floats', tiffOf([page(16, 3, { compression: 50000 })], 'big')],
    ['TIFF, 0 is white', tiffOf([page(1, 1, { photometric: 0 })])],
    [
      'TIFF, planes',
      tiffOf([
        page(8, 1, {
          samples: 3,
          planar: true,
          strips: [1, 2, 3].map((value) => Buffer.alloc(SIDE * SIDE, value)),
        }),
      ]),
    ],
    [
      'TIFF, hyperstack',
      tiffOf([0, 1, 2, 3].map((index) => page(8, 1, index === 0 ? { description: imageJ } : {}))),
    ],
    ['TIFF, 12 bits', tiffOf([page(12, 1, { compression: 50000 })])],
    ['TIFF, OME', tiffOf([0, 1, 2, 3].map((index) => page(8, 1, index === 0 ? { description: ome } : {})))],
    ...tiffReference
      .filter(({ name }) => /JPEG 2000|indices, ZSTD.*predictor|u2 colour, .*tiles, separate/.test(name))
      .map(({ name, bytes }) => [`TIFF, ${name}`, bytes] as [string, Buffer]),
    ...reference.nifti.slice(0, 4).map(({ name, bytes }) => [`NIfTI, ${name}`, bytes] as [string, Buffer]),
    ...reference.annotations.map(({ name, bytes }) => [`${ANNOTATION}${name}`, bytes] as [string, Buffer]),
    ...[
      ['DICOM segmentation', reference.segmentation[0]] as const,
      ['structure set', reference.structures[0]] as const,
    ].flatMap(([name, one]): [string, Buffer][] => (one ? [[`${ANNOTATION}${name}`, one.annotation]] : [])),
    ...reference.dicom.map(({ name, bytes }) => [`DICOM, ${name}`, bytes] as [string, Buffer]),
  ];
}

/** Changes a file in one of the ways in which files are changed: bits, bytes, numbers, a part lost, doubled or exchanged. */
function mutated(bytes: Buffer, random: Random): Buffer {
  let changed = Buffer.from(bytes);
  const times = 1 + random.below(2);
  for (let time = 0; time < times && changed.length > 8; time += 1) {
    // Headers decide most: half of the changes are in the first 256 bytes or the last.
    const near = random.below(2) === 0 ? Math.min(256, changed.length) : changed.length;
    const at = random.below(2) === 0 ? random.below(near) : changed.length - 1 - random.below(near);
    switch (Math.max(0, random.below(9) - 3)) {
      case 0:
        changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        changed[at] = random.below(256);
        break;
      case 2:
        for (let byte = 0; byte < 4 && at + byte < changed.length; byte += 1)
          changed[at + byte] = [0, 255, 127, 128][random.below(4)] ?? 0;
        break;
      case 3:
        changed = changed.subarray(0, Math.max(1, at));
        break;
      case 4:
        changed = Buffer.concat([
          changed.subarray(0, at),
          changed.subarray(Math.max(0, at - random.below(64))),
        ]);
        break;
      default:
        changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + random.below(64))]);
    }
  }
  return changed;
}

/** Reads a file in every way in which the product does. @returns what is wrong with what came out, or null, and what tells its pixels */
async function readAll(name: string, bytes: Buffer): Promise<{ wrong: string | null; pixels: string }> {
  if (name.startsWith(ANNOTATION)) return readDrawn(name.slice(ANNOTATION.length), bytes);
  const hashes: string[] = [];
  const wrong = await readPages(bytes, hashes);
  return { wrong, pixels: hashes.join() };
}

/** What an annotation file draws on the image that it was made for. */
async function readDrawn(name: string, bytes: Buffer): Promise<{ wrong: string | null; pixels: string }> {
  const file = reference.annotations.find((one) => one.name === name)?.file ?? 'annotation.dcm';
  const annotation = await readAnnotation(bytes, file);
  const slices =
    name === 'DICOM segmentation'
      ? reference.segmentation
      : name === 'structure set'
        ? reference.structures
        : [];
  const images = slices[0]?.slices.map((slice) => dicomInfo(slice.bytes, 'x')) ?? [null];
  const size = { width: 40, height: 30 };
  const rule = { ...PLAIN_READING.masks, names: [...annotation.classes] };
  let drawn = '';
  for (const dicom of images) {
    const drawing = annotation.drawingOn({ path: 'x.png', dicom });
    if (!drawing) continue;
    const { raster } = paintDrawing(drawing, 0, size, rule, 'fuzz');
    if (raster.data.some((value) => value > annotation.classes.length))
      return { wrong: 'a class that there is not', pixels: '' };
    drawn += Buffer.from(raster.data).toString('latin1');
  }
  return { wrong: null, pixels: drawn };
}

async function readPages(bytes: Buffer, hashes: string[]): Promise<string | null> {
  const { pages, channels, lossy } = await readImageHeader(bytes, 'fuzz');
  if (pages < 1 || channels < 1) return `${pages} pages, ${channels} channels`;
  for (const page of new Set([0, pages - 1])) {
    const size = await readPageSize(bytes, page, 'fuzz');
    const image = await decodeImage(bytes, page, 'fuzz', { channel: channels - 1 });
    hashes.push(imageHash(image));
    if (image.data.length !== image.width * image.height * image.channels)
      return 'pixels do not make up the size';
    if (image.width !== size.width || image.height !== size.height)
      return 'another size than its header says';
    if (image.data instanceof Float32Array && !image.data.every(Number.isFinite))
      return 'values that are not finite';
    const mask = await decodeMask(bytes, page, 'fuzz');
    takeCensus(mask, lossy);
    const { foreground } = readMask(mask, lossy, PLAIN_READING.masks);
    if (foreground.length !== mask.raster.width * mask.raster.height) return 'marks do not make up the size';
    if (foreground.some((mark) => mark > 2)) return 'a mark that there is not';
  }
  return null;
}

/** @param count of changed files, shared out over all formats */
export async function fuzzReaders(count: number, seed: number): Promise<FuzzReport> {
  const sound = await soundFiles();
  const known = new Map<string, string>();
  for (const [name, bytes] of sound) known.set(name, (await readAll(name, bytes)).pixels);
  const faults: string[] = [];
  const byFormat = new Map<string, Tally>(
    sound.map(([name]) => [name, { files: 0, refused: 0, read: 0, otherwise: 0 }]),
  );
  for (let file = 0; file < count; file += 1) {
    const [name, bytes] = sound[file % sound.length] ?? ['', Buffer.alloc(0)];
    const tally = byFormat.get(name);
    if (!tally) continue;
    const again = `${name}, file ${file} of seed ${seed}`;
    const changed = mutated(bytes, Random.fromSeed((seed * 1_000_003 + file) >>> 0));
    const started = performance.now();
    tally.files += 1;
    try {
      const { wrong, pixels } = await readAll(name, changed);
      tally.read += 1;
      if (pixels !== known.get(name)) tally.otherwise += 1;
      if (wrong !== null) faults.push(`${again}: ${wrong}`);
    } catch (error) {
      if (error instanceof CcnetError) tally.refused += 1;
      else faults.push(`${again}: ${String(error)}`);
    }
    const seconds = (performance.now() - started) / 1000;
    if (seconds > MOST_SECONDS) faults.push(`${again}: took ${seconds.toFixed(0)} s`);
  }
  const total = (pick: (tally: Tally) => number): number =>
    [...byFormat.values()].reduce((sum, tally) => sum + pick(tally), 0);
  return {
    files: count,
    refused: total(({ refused }) => refused),
    read: total(({ read }) => read),
    otherwise: total(({ otherwise }) => otherwise),
    faults,
    byFormat,
  };
}
