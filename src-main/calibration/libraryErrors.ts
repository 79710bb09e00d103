import { PlainError } from '#common/errors.ts';

/** A file that is no calibration library, or one cut off or changed on its way. */
export class NotALibraryError extends PlainError {
  constructor(what: string, options?: ErrorOptions) {
    super(
      `This is not a calibration library: ${what}.`,
      'Choose a file that was written by "ccnet library export"; if it is one, copy or export it again.',
      undefined,
      options,
    );
  }
}

/** A library in a format that this program does not know yet. */
export class NewerLibraryError extends PlainError {
  constructor(version: number, supported: number) {
    super(
      `This calibration library was written by a newer version of CC-Net Workstation (format ${version}; this program knows up to ${supported}).`,
      'Update CC-Net Workstation, or ask for an export from the version that you have.',
    );
  }
}

/** A library beyond any size that calibration makes, refused before it is read in. */
export class LibraryTooLargeError extends PlainError {
  constructor(what: string) {
    super(
      `This calibration library is too large: ${what}.`,
      'A library holds a few kilobytes per trained network; check where the file comes from, or split it.',
    );
  }
}
