import type { Migration } from './migration.ts';

/** Accuracy is measured at the images' own size, and at the working resolution beside it; what was stored before is at the latter alone. */
export const ownResolution: Migration = {
  version: 5,
  name: 'accuracy at the own resolution',
  sql: `
ALTER TABLE calibration_runs ADD COLUMN test_dice_working REAL CHECK (test_dice_working BETWEEN 0 AND 1);
ALTER TABLE outcomes ADD COLUMN measured_dice_working REAL CHECK (measured_dice_working BETWEEN 0 AND 1);
`,
};
