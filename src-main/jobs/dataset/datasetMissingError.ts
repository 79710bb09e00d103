import { CcnetError } from '#common/errors.ts';

/** The folder or .zip of a stored dataset is not where it was. */
export class DatasetMissingError extends CcnetError {
  constructor(dataset: string, root: string, options: ErrorOptions) {
    super(
      `The files of ${dataset} are no longer at "${root}".`,
      'Connect its disk, or say where they are now: "Locate it again" in the view of the dataset, or ' +
        `ccnet dataset relocate "${dataset}" FOLDER.`,
      undefined,
      options,
    );
  }
}
