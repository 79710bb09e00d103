import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of which parts are read: of a buffer, or of a file that stays on the disk. */
export interface RandomAccess {
  readonly length: number;
  /** @param at from 0 @returns the bytes of the part, all of which must lie within */
  readonly part: (at: number, size: number) => Buffer;
}

export function bufferAccess(bytes: Buffer): RandomAccess {
  return { length: bytes.length, part: (at, size) => bytes.subarray(at, at + size) };
}

/** Opens a file for as long as `body` reads parts of it. */
export function withFileAccess<Result>(path: string, body: (file: RandomAccess) => Result): Result {
  const descriptor = openSync(path, 'r');
  const part = (at: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    const read = readSync(descriptor, bytes, 0, size, at);
    return bytes.subarray(0, read);
  };
  try {
    return body({ length: fstatSync(descriptor).size, part });
  } finally {
    closeSync(descriptor);
  }
}
