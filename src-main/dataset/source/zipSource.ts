import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { CcnetError } from '#common/errors.ts';
import { DecodeError, SourceError, ZipRefusedError } from '../datasetErrors.ts';
import type { DatasetSource, SourceFile } from './datasetSource.ts';
import { tooLargeFile } from './folderSource.ts';
import type { ZipLimits } from '../decoding/limits.ts';
import { MAX_FILE_BYTES, ZIP_LIMITS } from '../decoding/limits.ts';
import { naturalOrder } from '../pairing/naturalOrder.ts';
import { sizeFault, zipEntryFault } from './zipEntryFault.ts';

/**
 * Opens a .zip as a source; entries are inflated one at a time into memory, never to disk.
 * @throws SourceError when the file is no .zip or is damaged; ZipRefusedError when any entry is unsafe
 */
export async function openZip(path: string, limits: ZipLimits = ZIP_LIMITS): Promise<DatasetSource> {
  const root = resolve(path);
  const archive = await openArchive(root);
  try {
    const entries = await readDirectory(archive, root, limits);
    const files: SourceFile[] = [...entries.values()].map((entry) => ({
      path: nameOf(entry),
      bytes: entry.uncompressedSize,
    }));
    files.sort((a, b) => naturalOrder(a.path, b.path));
    return {
      root,
      kind: 'zip',
      list: () => Promise.resolve({ files, refused: [] }),
      read: async (file, maxBytes = MAX_FILE_BYTES) => {
        const entry = entries.get(file);
        if (!entry) throw new SourceError(`"${root}" holds no "${file}".`, 'Check the file name.');
        if (entry.uncompressedSize > maxBytes) throw tooLargeFile(file, entry.uncompressedSize, maxBytes);
        return inflate(archive, entry, file, root, {
          ...limits,
          entryBytes: Math.min(limits.entryBytes, maxBytes),
        });
      },
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
  const entries = new Map<string, yauzl.Entry>();
  let total = 0;
  await new Promise<void>((done, fail) => {
    archive.on('error', (cause) => fail(cause instanceof CcnetError ? cause : damagedZip(root, cause)));
    archive.on('end', done);
    archive.on('entry', (entry: yauzl.Entry) => {
      const name = nameOf(entry);
      total += entry.uncompressedSize;
      const fault =
        zipEntryFault({ ...entry, name }, limits) ??
        (entries.has(name) ? 'is there twice' : null) ??
        (entries.size >= limits.entries ? `is one of more than ${limits.entries} entries` : null) ??
        (total > limits.totalBytes ? `brings the unpacked total above ${limits.totalBytes} bytes` : null) ??
        (total > limits.ratioFromBytes * 16 && total > archive.fileSize * limits.ratio
          ? `brings the unpacked total above ${limits.ratio} times the archive, as archive bombs do`
          : null);
      if (fault !== null) {
        fail(new ZipRefusedError(root, name, fault));
        return;
      }
      if (!name.endsWith('/')) entries.set(name, entry);
      archive.readEntry();
    });
    archive.readEntry();
  });
  return entries;
}

/** The entry's name as text; names are decoded here because yauzl would quietly turn backslashes into slashes. */
function nameOf(entry: yauzl.Entry): string {
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
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
      if (fault !== null) throw new ZipRefusedError(root, file, fault);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof ZipRefusedError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DecodeError(
      'unreadable',
      `"${file}" cannot be unpacked from the archive (${reason}).`,
      'Make the archive again, or unpack it and give the folder.',
      { cause },
    );
  }
  const whole = Buffer.concat(chunks, bytes);
  if (crc32(whole) !== entry.crc32) {
    throw new DecodeError(
      'unreadable',
      `"${file}" is damaged inside the archive (its checksum differs).`,
      'Make the archive again, or unpack it and give the folder.',
    );
  }
  return whole;
}

function damagedZip(root: string, cause: unknown): SourceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SourceError(
    `"${root}" is no readable .zip archive (${reason}).`,
    'Give a folder of images, or a .zip of one; make the archive again if it is damaged.',
    undefined,
    { cause },
  );
}
