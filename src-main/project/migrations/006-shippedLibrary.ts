import type { Migration } from './migration.ts';

/** An imported run says which library of the product brought it, so that the library can be taken out again; null for files of other laboratories. */
export const shippedLibrary: Migration = {
  version: 6,
  name: 'runs of the shipped library',
  sql: `
ALTER TABLE calibration_runs ADD COLUMN library TEXT;
`,
};
