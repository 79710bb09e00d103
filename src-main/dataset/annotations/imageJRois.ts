import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { CcnetError } from '#common/errors.ts';
import { folderOf, stemOf } from '../pairing/classifyPaths.ts';
import { unread } from './annotationText.ts';
import { type AnnotationFile, classesOfShapes, type Shape } from './drawing.ts';
import { imageJRoi } from './imageJRoi.ts';
import { nameMatch } from './nameMatch.ts';

/** What a set of selections may unpack to. */
const MOST_BYTES = 256 * 1024 ** 2;
const MOST_ENTRIES = 200_000;

/** Words that people put to an image's name to call its selections. */
const WORDS = /[ _.-]*(?:roi[ _.-]*sets?|rois?)[ _.-]*/i;

/** One selection of ImageJ, as a file of its own. @throws annotation-unread */
export function imageJSelection(bytes: Buffer, path: string): AnnotationFile {
  const leftOut = new Map<string, number>();
  return selections(imageJRoi(bytes, path, leftOut), leftOut, path);
}

/**
 * A set of ImageJ's selections in a .zip (ROI Manager); null for a .zip that holds none.
 * @throws annotation-unread for one that is damaged or unpacks to too much
 */
export async function imageJSet(bytes: Buffer, path: string): Promise<AnnotationFile | null> {
  const archive = await new Promise<yauzl.ZipFile | null>((done) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, opened) => done(error ? null : opened));
  });
  if (!archive) return null;
  const leftOut = new Map<string, number>();
  const shapes: Shape[] = [];
  let entries = 0;
  let total = 0;
  let found = 0;
  await new Promise<void>((done, fail) => {
    archive.on('error', () => fail(unread(path, 'the archive is damaged')));
    archive.on('end', done);
    archive.on('entry', (entry: yauzl.Entry) => {
      entries += 1;
      if (entries > MOST_ENTRIES) return fail(unread(path, `it holds more than ${MOST_ENTRIES} files`));
      if (!/\.roi$/i.test(entry.fileName)) return archive.readEntry();
      found += 1;
      total += entry.uncompressedSize;
      if (total > MOST_BYTES) return fail(unread(path, 'it unpacks to more than is ever read'));
      unpacked(archive, entry)
        .then((roi) => {
          shapes.push(...imageJRoi(roi, `${path} (${entry.fileName})`, leftOut));
          archive.readEntry();
        })
        .catch((error: unknown) =>
          fail(error instanceof CcnetError ? error : unread(path, 'a selection is damaged')),
        );
    });
    archive.readEntry();
  });
  return found > 0 ? selections(shapes, leftOut, path) : null;
}

async function unpacked(archive: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const stream = await new Promise<Readable>((done, fail) => {
    archive.openReadStream(entry, (error, opened) => (error ? fail(error) : done(opened)));
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  if (crc32(whole) !== entry.crc32) throw new Error('Its checksum differs.');
  return whole;
}

function selections(
  shapes: readonly Shape[],
  leftOut: ReadonlyMap<string, number>,
  path: string,
): AnnotationFile {
  const stem = stemOf(path);
  const folder = folderOf(path).split('/').at(-1) ?? '';
  const names = [stem, stem.replace(WORDS, ''), folder, folder.replace(WORDS, '')].filter(
    (name) => name !== '',
  );
  return {
    tool: 'ImageJ',
    classes: classesOfShapes(shapes),
    imageNames: [names],
    drawingOn: (image) =>
      names.some((name) => nameMatch(name, image.path) > 0) ? { size: null, shapes, leftOut } : null,
  };
}
