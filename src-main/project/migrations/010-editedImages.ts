import type { Migration } from './migration.ts';

/**
 * Images that somebody left out after adding (with the reason) or moved to another split (beside the one that was dealt), and the fingerprints
 * that the dataset had before: runs that were made then belong to these.
 */
export const editedImages: Migration = {
  version: 10,
  name: 'images that were left out or moved',
  sql: `ALTER TABLE images ADD COLUMN excluded TEXT;
ALTER TABLE images ADD COLUMN dealt_split TEXT;
ALTER TABLE datasets ADD COLUMN former_fingerprints TEXT;`,
};
