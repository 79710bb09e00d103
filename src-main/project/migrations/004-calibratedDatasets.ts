import type { Migration } from './migration.ts';

/**
 * Complexity belongs to the dataset and no longer to every run on it, so a new measure makes no run another one. Runs stored by
 * version 0.1.0 leave theirs to their dataset; of runs that differed by it alone the first stays, and their recipes say now how their
 * masks were made. The columns of before stay empty.
 */
export const calibratedDatasets: Migration = {
  version: 4,
  name: 'calibrated datasets',
  sql: `
CREATE TABLE calibrated_datasets (
  fingerprint TEXT NOT NULL,
  recipe TEXT NOT NULL,
  name TEXT NOT NULL,
  related TEXT,
  complexity TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('own', 'imported')),
  PRIMARY KEY (fingerprint, recipe)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO calibrated_datasets (fingerprint, recipe, name, complexity, origin)
  SELECT dataset_fingerprint, complexity_recipe, dataset_name,
    json_object('mean', json(complexity), 'recipe', complexity_recipe, 'segmentability', NULL, 'trainingImages', training_images),
    origin
  FROM calibration_runs ORDER BY origin = 'imported', id;

CREATE TABLE segmentabilities (
  dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  recipe TEXT NOT NULL,
  segmentability TEXT NOT NULL,
  PRIMARY KEY (dataset_id, recipe)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs_without_complexity (
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
  UNIQUE (dataset_fingerprint, network, recipe, seed)
) STRICT;
INSERT OR IGNORE INTO runs_without_complexity (id, dataset_fingerprint, dataset_name, training_images, network, parameters, recipe, seed,
    engine, test_dice, test_iou, test_images, validation_dice, learnt, training_seconds, finished_at, excluded, origin)
  SELECT id, dataset_fingerprint, dataset_name, training_images, network, parameters,
    -- Keys in order, as canonicalJson writes them.
    json_object('augmentation', recipe -> '$.augmentation', 'batch', recipe -> '$.batch', 'crop', recipe -> '$.crop',
      'epochs', recipe -> '$.epochs', 'foregroundWeight', recipe -> '$.foregroundWeight',
      'learningRate', recipe -> '$.learningRate', 'maskResize', coalesce(recipe ->> '$.maskResize', 'nearest'),
      'patience', recipe -> '$.patience', 'stepsPerEpoch', recipe -> '$.stepsPerEpoch',
      'warmupSteps', recipe -> '$.warmupSteps', 'workingSide', recipe -> '$.workingSide'),
    seed, engine, test_dice, test_iou, test_images, validation_dice, learnt, training_seconds, finished_at, excluded, origin
  FROM calibration_runs ORDER BY id;

UPDATE trained_networks SET run_id = (
    SELECT min(same.id) FROM calibration_runs AS own JOIN calibration_runs AS same
      ON own.dataset_fingerprint = same.dataset_fingerprint AND own.network = same.network
      AND own.recipe = same.recipe AND own.seed = same.seed
    WHERE own.id = trained_networks.run_id)
  WHERE run_id IS NOT NULL AND run_id NOT IN (SELECT id FROM runs_without_complexity);

DROP TABLE calibration_runs;
ALTER TABLE runs_without_complexity RENAME TO calibration_runs;
`,
};
