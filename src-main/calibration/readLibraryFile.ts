import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { CcnetError } from '#common/errors.ts';
import { type ImportedLibrary, importLibrary, tooManyBytes } from './importLibrary.ts';
import { MAX_LIBRARY_CHARACTERS } from './libraryFormat.ts';

/**
 * Reads a library from a file, whose size is checked before its content is read.
 * @throws library-unreadable, and what importLibrary throws.
 */
export function readLibraryFile(path: string): ImportedLibrary {
  return importLibrary(readLimited(path));
}

function readLimited(path: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    if (size > MAX_LIBRARY_CHARACTERS) throw tooManyBytes(path, size);
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    if (error instanceof CcnetError) throw error;
    throw new CcnetError('library-unreadable', { path }, { cause: error });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
