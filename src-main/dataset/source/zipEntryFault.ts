import type { FactsOf } from '#common/failures/failures.ts';
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

/** Why an archive entry must not be read, with the number that it is about (0 where there is none). */
export type ZipFault = Pick<FactsOf<'zip-refused'>, 'fault' | 'number'>;

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_BIT = 1;
const UNIX_TYPE_MASK = 0o170000;
const UNIX_SYMBOLIC_LINK = 0o120000;

/** Says why an archive entry must not be read; null when it is safe. */
export function zipEntryFault(entry: ZipEntryFacts, limits: ZipLimits): ZipFault | null {
  const { name } = entry;
  const badName = nameFault(name);
  if (badName) return { fault: badName, number: 0 };
  if ((entry.generalPurposeBitFlag & ENCRYPTED_BIT) !== 0) return { fault: 'encrypted', number: 0 };
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE_MASK) === UNIX_SYMBOLIC_LINK)
    return { fault: 'link', number: 0 };
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED) return { fault: 'method', number: method };
  return sizeFault(entry.uncompressedSize, entry.compressedSize, limits);
}

function nameFault(name: string): ZipFault['fault'] | null {
  if (name.includes('\0')) return 'zero-byte';
  if (name.startsWith('/')) return 'absolute-path';
  if (/^[a-z]:/i.test(name)) return 'drive-letter';
  return name.split('/').includes('..') ? 'leaves-folder' : null;
}

/** Says why `bytes` inflated from `compressed` are too many; null when they are not. */
export function sizeFault(bytes: number, compressed: number, limits: ZipLimits): ZipFault | null {
  if (bytes > limits.entryBytes) return { fault: 'entry-bytes', number: limits.entryBytes };
  if (bytes > limits.ratioFromBytes && bytes > compressed * limits.ratio) {
    return { fault: 'entry-ratio', number: limits.ratio };
  }
  return null;
}
