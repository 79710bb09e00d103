import { choice, list, number, record, text } from './fact.ts';
import { failure } from './failure.ts';
import { remedy } from './remedy.ts';

/** What the doctor noticed of one file: see Finding in common/dataset. */
const finding = record({
  severity: choice('error', 'warning', 'info'),
  code: text,
  file: text,
  problem: text,
  remedy,
});

const NAMED = 5;

/** What can be wrong with the files of a dataset as a whole. */
export const datasetFailures = {
  /** `findings` hold everything that the doctor noticed on the way, for pairing by hand. */
  'nothing-usable': failure({
    facts: {
      root: text,
      pairs: number,
      files: number,
      images: number,
      masks: number,
      unreadable: number,
      findings: list(finding),
    },
    problem: ({ root, pairs, files, images, masks, unreadable, findings }) => {
      const found =
        pairs > 0
          ? `${pairs} image/mask pairs were found, but none can be used`
          : `no image/mask pair was found among ${files} files (${images} look like images, ${masks} like masks, ${unreadable} have formats that are not read)`;
      const first = findings.find(({ severity }) => severity === 'error') ?? findings[0];
      return `"${root}": ${found}.${first ? ` First problem: ${first.file}: ${first.problem}` : ''}`;
    },
    remedy:
      'Looked for: images/ and masks/ folders (also labels, gt, annotations, 1st_manual, imagesTr/labelsTr), x_mask beside x ' +
      '(also _anno, _segmentation, _gt, _seg, _label), <id>/images with <id>/masks/*, and NN with NN_GT/SEG, ' +
      'as PNG, JPEG, WebP, TIFF, GIF or BMP.',
  }),
  /** A folder does not hold the files of a dataset. `findings` list every file that is missing or differs. */
  'dataset-differs': failure({
    facts: { dataset: text, root: text, missing: number, differing: number, findings: list(finding) },
    problem: ({ dataset, root, missing, differing, findings }) => {
      const names = findings.slice(0, NAMED).map(({ file }) => file);
      const more = missing + differing > names.length ? ', ...' : '';
      return (
        `"${root}" does not hold the files of ${dataset}: ${missing} missing, ${differing} changed or unreadable ` +
        `(${names.join(', ')}${more}). Nothing was changed in the project.`
      );
    },
    remedy: 'Choose the folder or .zip that holds the same files, or add this one as a new dataset.',
  }),
  /** The folder or .zip of a stored dataset is not where it was. */
  'dataset-missing': failure({
    facts: { dataset: text, root: text },
    problem: ({ dataset, root }) => `The files of ${dataset} are no longer at "${root}".`,
    remedy: ({ dataset }) => ({ kind: 'locate-dataset', dataset }),
  }),
};
