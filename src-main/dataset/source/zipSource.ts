import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { CcnetError, reasonOf } from '#common/errors.ts';
import type { DatasetSource, SourceFile } from './datasetSource.ts';
import { tooLargeFile } from './folderSource.ts';
import type { ZipLimits } from '../decoding/limits.ts';
import { MAX_FILE_BYTES, ZIP_LIMITS } from '../decoding/limits.ts';
import { naturalOrder } from '../pairing/naturalOrder.ts';
import { type RawName, zipNames } from './zipNames.ts';
import { sizeFault, type ZipFault, zipEntryFault } from './zipEntryFault.ts';

/**
 * Opens a .zip as a source; entries are inflated one at a time into memory, never to disk.
 * @throws zip-unreadable when the file is no .zip or is damaged; zip-refused when any entry is unsafe
 */
export async function openZip(path: string, limits: ZipLimits = ZIP_LIMITS): Promise<DatasetSource> {
  const root = resolve(path);
  const archive = await openArchive(root);
  try {
    const entries = await readDirectory(archive, root, limits);
    const files: SourceFile[] = [...entries].map(([name, entry]) => ({
      path: name,
      bytes: entry.uncompressedSize,
    }));
    files.sort((a, b) => naturalOrder(a.path, b.path));
    const read = async (file: string, maxBytes = MAX_FILE_BYTES): Promise<Buffer> => {
      const entry = entries.get(file);
      if (!entry) throw new CcnetError('zip-lacks-file', { zip: root, file });
      if (entry.uncompressedSize > maxBytes) throw tooLargeFile(file, entry.uncompressedSize, maxBytes);
      const entryBytes = Math.min(limits.entryBytes, maxBytes);
      return inflate(archive, entry, file, root, { ...limits, entryBytes });
    };
    return {
      root,
      kind: 'zip',
      list: () => Promise.resolve({ files, refused: [] }),
      read,
      readStart: (file) => read(file),
      close: () => {
        archive.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function openArchive(root: string): Promise<yauzl.ZipFile> {
  try {
    return await new Promise((done, fail) => {
      const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
      yauzl.open(root, options, (error, archive) => (error ? fail(error) : done(archive)));
    });
  } catch (cause) {
    throw damagedZip(root, cause);
  }
}

async function readDirectory(
  archive: yauzl.ZipFile,
  root: string,
  limits: ZipLimits,
): Promise<Map<string, yauzl.Entry>> {
  const all = await readEntries(archive, root, limits);
  // The names are decoded together, and here: yauzl knows no code page but one, and turns backslashes into slashes unasked.
  const names = zipNames(all.map(rawName));
  const entries = new Map<string, yauzl.Entry>();
  let total = 0;
  for (const [index, entry] of all.entries()) {
    const name = names[index] ?? '';
    total += entry.uncompressedSize;
    const fault: ZipFault | null =
      zipEntryFault({ ...entry, name }, limits) ??
      (entries.has(name) ? { fault: 'twice', number: 0 } : null) ??
      (total > limits.totalBytes ? { fault: 'total-bytes', number: limits.totalBytes } : null) ??
      (total > limits.ratioFromBytes * 16 && total > archive.fileSize * limits.ratio
        ? { fault: 'total-ratio', number: limits.ratio }
        : null);
    if (fault !== null) throw new CcnetError('zip-refused', { zip: root, entry: name, ...fault });
    if (!name.endsWith('/')) entries.set(name, entry);
  }
  return entries;
}

function readEntries(archive: yauzl.ZipFile, root: string, limits: ZipLimits): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = [];
  return new Promise((done, fail) => {
    archive.on('error', (cause) => fail(damagedZip(root, cause)));
    archive.on('end', () => done(entries));
    archive.on('entry', (entry: yauzl.Entry) => {
      if (entries.length >= limits.entries) {
        const [name = ''] = zipNames([rawName(entry)]);
        const number = limits.entries;
        fail(new CcnetError('zip-refused', { zip: root, entry: name, fault: 'entries', number }));
        return;
      }
      entries.push(entry);
      archive.readEntry();
    });
    archive.readEntry();
  });
}

const UNICODE_PATH_FIELD = 0x7075;

function rawName({ generalPurposeBitFlag: flags, fileNameRaw: bytes, extraFields }: yauzl.Entry): RawName {
  // Only a field whose checksum is that of the raw name counts; yauzl compares.
  const named = extraFields.some(({ id }) => id === UNICODE_PATH_FIELD);
  const unicode = named ? yauzl.getFileNameLowLevel(flags, bytes, extraFields, true) : null;
  const counts = unicode !== null && unicode !== yauzl.getFileNameLowLevel(flags, bytes, [], true);
  return { bytes, flags, unicode: counts ? unicode : null };
}

async function inflate(
  archive: yauzl.ZipFile,
  entry: yauzl.Entry,
  file: string,
  root: string,
  limits: ZipLimits,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const stream = await new Promise<Readable>((done, fail) => {
      archive.openReadStream(entry, (error, opened) => (error ? fail(error) : done(opened)));
    });
    // The header may lie about sizes: what counts is what comes out.
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      const fault = sizeFault(bytes, entry.compressedSize, limits);
      if (fault !== null) throw new CcnetError('zip-refused', { zip: root, entry: file, ...fault });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof CcnetError) throw cause;
    const reason = reasonOf(cause);
    throw new CcnetError('zip-entry-not-unpacked', { file, reason }, { cause });
  }
  const whole = Buffer.concat(chunks, bytes);
  if (crc32(whole) !== entry.crc32) throw new CcnetError('zip-entry-damaged', { file });
  return whole;
}

function damagedZip(root: string, cause: unknown): CcnetError {
  const reason = reasonOf(cause);
  return new CcnetError('zip-unreadable', { path: root, reason }, { cause });
}
