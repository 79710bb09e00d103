import type { ZipLimits } from '../decoding/limits.ts';

/** The fields of a central-directory entry that decide whether it is safe to read. */
export interface ZipEntryFacts {
  readonly name: string;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly compressionMethod: number;
  readonly generalPurposeBitFlag: number;
  readonly externalFileAttributes: number;
}

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_BIT = 1;
const UNIX_TYPE_MASK = 0o170000;
const UNIX_SYMBOLIC_LINK = 0o120000;

/** Says why an archive entry must not be read, as the end of a sentence ("leaves the folder"); null when it is safe. */
export function zipEntryFault(entry: ZipEntryFacts, limits: ZipLimits): string | null {
  const { name } = entry;
  if (name.includes('\\'))
    return 'has a backslash in its name, which means different folders on different systems';
  if (name.includes('\0')) return 'has a zero byte in its name';
  if (name.startsWith('/')) return 'has an absolute path';
  if (/^[a-z]:/i.test(name)) return 'starts with a drive letter';
  if (name.split('/').includes('..')) return 'leaves the folder (..)';
  if ((entry.generalPurposeBitFlag & ENCRYPTED_BIT) !== 0) return 'is encrypted';
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE_MASK) === UNIX_SYMBOLIC_LINK)
    return 'is a symbolic link';
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return `is compressed by method ${entry.compressionMethod}, which is not read (only stored and deflated are)`;
  }
  return sizeFault(entry.uncompressedSize, entry.compressedSize, limits);
}

/** Says why `bytes` inflated from `compressed` are too many, as the end of a sentence; null when they are not. */
export function sizeFault(bytes: number, compressed: number, limits: ZipLimits): string | null {
  if (bytes > limits.entryBytes) return `unpacks to more than ${limits.entryBytes} bytes`;
  if (bytes > limits.ratioFromBytes && bytes > compressed * limits.ratio) {
    return `unpacks to more than ${limits.ratio} times its size, as archive bombs do`;
  }
  return null;
}
