import { PlainError } from '#common/errors.ts';
import { EXIT } from '#common/exitCodes.ts';

/** Why one image file cannot be used; doubles as the code of the doctor's finding. */
export type DecodeFault = 'empty-file' | 'unreadable' | 'unsupported-format' | 'too-large';

/** One file cannot be decoded. The message names the file. */
export class DecodeError extends PlainError {
  readonly fault: DecodeFault;

  constructor(fault: DecodeFault, message: string, remedy: string, options?: ErrorOptions) {
    super(message, remedy, EXIT.badData, options);
    this.fault = fault;
  }
}

/** The folder or .zip as a whole cannot be opened or read. */
export class SourceError extends PlainError {}

/** A .zip holds an entry that no honest data set needs: it leaves the folder, is a link, or inflates without bound. */
export class ZipRefusedError extends PlainError {
  readonly entry: string;

  constructor(zip: string, entry: string, problem: string) {
    super(
      `"${zip}" was refused: its entry "${entry}" ${problem}.`,
      'Unpack the archive with a tool you trust, look at that entry, and give the folder instead.',
    );
    this.entry = entry;
  }
}

/** Too few different images to make a training, a validation and a test split. */
export class TooFewImagesError extends PlainError {}
