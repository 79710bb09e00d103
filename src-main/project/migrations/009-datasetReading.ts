import type { Migration } from './migration.ts';

/** How a dataset's files are read (JSON): decided once for all its masks, and chosen by people. Null: 0 is background, all else foreground. */
export const datasetReading: Migration = {
  version: 9,
  name: 'how files are read',
  sql: 'ALTER TABLE datasets ADD COLUMN reading TEXT;',
};
