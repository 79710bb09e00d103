import { CcnetError, reasonOf } from '#common/errors.ts';
import { DECODE_SECONDS } from './decodeWhole.ts';

/**
 * libvips keeps its words in a buffer that all decodes of a process share, so they may be another file's: they are good for
 * nothing but its own two conditions that are no fault of the file.
 */
export function unreadable(name: string, cause: unknown): CcnetError {
  if (cause instanceof CcnetError) return cause as CcnetError;
  const words = reasonOf(cause);
  if (/out of memory/i.test(words)) return new CcnetError('out-of-memory', {}, { cause });
  const reason = /timeout/i.test(words)
    ? `decoding it took more than ${DECODE_SECONDS} seconds`
    : 'its pixels cannot be decoded';
  return new CcnetError('image-damaged', { file: name, reason }, { cause });
}
