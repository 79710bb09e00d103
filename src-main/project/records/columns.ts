import { z } from 'zod';
import { type Fold, parseFold } from '#common/dataset/fold.ts';
import { readStoredFailure } from '#common/failures/storedFailure.ts';

/** SQLite has no booleans: 0 or 1. */
export const flagColumn = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);

/** A text column that holds JSON of the given shape. */
export function jsonColumn<Output, Input>(schema: z.ZodType<Output, Input>): z.ZodType<Output> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema as z.ZodType<Output, unknown>);
}

/** A content hash or fingerprint: hexadecimal in practice, compared but never interpreted. */
export const hashColumn = z.string().regex(/^[\w:.-]{1,128}$/, 'not a content hash');

/** Time in ISO 8601, UTC. */
export const timeColumn = z.iso.datetime();

/** Row id. */
export const idColumn = z.number().int().positive();

/** What leads elsewhere when it is joined to a folder; "H:E 1.png", a name like others elsewhere, is one with a drive on Windows. */
const LEADS_AWAY = process.platform === 'win32' ? /^[\\/]|^[A-Za-z]:/ : /^[\\/]/;

/**
 * A path inside a dataset's root. A project file from a stranger must not make this program read elsewhere, so
 * absolute paths and ".." are refused, with either kind of slash, and on Windows drive letters.
 */
export const relativePathColumn = z
  .string()
  .min(1)
  .max(4096)
  .refine(
    (path) =>
      !path.includes('\0') &&
      !LEADS_AWAY.test(path) &&
      !path.split(/[\\/]/).some((segment) => segment === '..'),
    'a path that leaves the dataset',
  );

/** A fold as foldText writes it; empty for a dataset's own split. */
export const foldColumn = z.string().transform((text, context): Fold | null => {
  try {
    return parseFold(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a fold' });
    return z.NEVER;
  }
});

/** A failure as storeFailure writes it; what older versions wrote in words is read as well. */
export const failureColumn = z.string().transform(readStoredFailure);
