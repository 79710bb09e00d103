import { PlainError } from '#common/errors.ts';

/** The exported file, run again, does not agree with the trained network; nothing was left behind. */
export class VerificationError extends PlainError {
  constructor(file: string, difference: number, tolerance: number) {
    super(
      `${file}: the exported network differs from the trained one by ${difference.toExponential(2)} (at most ${tolerance} is allowed).`,
      'The file was not kept. Please report this with the network family, factor and product version.',
    );
  }
}

/** The file or folder to export to cannot be written. */
export class ExportTargetError extends PlainError {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `${path}: cannot be written (${reason}).`,
      'Choose a folder that you may write to, on a disk with free space.',
      undefined,
      {
        cause,
      },
    );
  }
}
