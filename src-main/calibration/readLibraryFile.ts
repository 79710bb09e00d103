import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { CcnetError, PlainError } from '#common/errors.ts';
import { type ImportedLibrary, importLibrary } from './importLibrary.ts';
import { LibraryTooLargeError } from './libraryErrors.ts';
import { MAX_LIBRARY_CHARACTERS } from './libraryFormat.ts';

/** The library file cannot be read at all. */
export class LibraryUnreadableError extends PlainError {
  constructor(path: string, options: ErrorOptions) {
    super(`${path} cannot be read.`, 'Check the name, and that you may read the file.', undefined, options);
  }
}

/**
 * Reads a library from a file, whose size is checked before its content is read.
 * @throws LibraryUnreadableError, and what importLibrary throws.
 */
export function readLibraryFile(path: string): ImportedLibrary {
  return importLibrary(readLimited(path));
}

function readLimited(path: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    if (size > MAX_LIBRARY_CHARACTERS) {
      throw new LibraryTooLargeError(`${path} has ${Math.ceil(size / 1024 / 1024)} MiB`);
    }
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    if (error instanceof CcnetError) throw error;
    throw new LibraryUnreadableError(path, { cause: error });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
