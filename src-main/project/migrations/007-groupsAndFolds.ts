import type { Migration } from './migration.ts';

/** Images of one patient, slide or film are told to belong together, and calibration may test every image once, in folds. */
export const groupsAndFolds: Migration = {
  version: 7,
  name: 'groups and folds',
  sql: `
ALTER TABLE datasets ADD COLUMN grouping TEXT;
ALTER TABLE images ADD COLUMN group_name TEXT;
ALTER TABLE trainings ADD COLUMN fold TEXT NOT NULL DEFAULT '';
ALTER TABLE trained_networks ADD COLUMN fold TEXT NOT NULL DEFAULT '';

CREATE TABLE runs_of_folds (
  id INTEGER PRIMARY KEY,
  dataset_fingerprint TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  complexity_recipe TEXT,
  complexity TEXT,
  training_images INTEGER NOT NULL,
  network TEXT NOT NULL,
  parameters INTEGER NOT NULL,
  recipe TEXT NOT NULL,
  seed INTEGER NOT NULL,
  engine TEXT NOT NULL,
  test_dice REAL NOT NULL CHECK (test_dice BETWEEN 0 AND 1),
  test_iou REAL NOT NULL CHECK (test_iou BETWEEN 0 AND 1),
  test_images INTEGER NOT NULL,
  validation_dice REAL NOT NULL CHECK (validation_dice BETWEEN 0 AND 1),
  learnt INTEGER NOT NULL CHECK (learnt IN (0, 1)),
  training_seconds REAL NOT NULL,
  finished_at TEXT NOT NULL,
  excluded TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('own', 'imported')),
  test_dice_working REAL CHECK (test_dice_working BETWEEN 0 AND 1),
  library TEXT,
  fold TEXT NOT NULL DEFAULT '',
  UNIQUE (dataset_fingerprint, network, recipe, seed, fold)
) STRICT;
INSERT INTO runs_of_folds (id, dataset_fingerprint, dataset_name, complexity_recipe, complexity, training_images, network, parameters,
    recipe, seed, engine, test_dice, test_iou, test_images, validation_dice, learnt, training_seconds, finished_at, excluded, origin,
    test_dice_working, library)
  SELECT id, dataset_fingerprint, dataset_name, complexity_recipe, complexity, training_images, network, parameters,
    recipe, seed, engine, test_dice, test_iou, test_images, validation_dice, learnt, training_seconds, finished_at, excluded, origin,
    test_dice_working, library
  FROM calibration_runs ORDER BY id;
DROP TABLE calibration_runs;
ALTER TABLE runs_of_folds RENAME TO calibration_runs;
`,
};
