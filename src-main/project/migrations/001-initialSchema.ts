import type { Migration } from './migration.ts';

/**
 * All tables are STRICT, so that a value of the wrong type is found by quick_check. Tensors are little-endian fp32
 * blobs, one per row, with the CRC-32 of their bytes, because SQLite itself does not notice flipped bits in a blob.
 */
export const initialSchema: Migration = {
  version: 1,
  name: 'initial schema',
  sql: `
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
  root TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'zip')),
  convention TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  channels INTEGER NOT NULL CHECK (channels IN (1, 3)),
  split_mode TEXT NOT NULL CHECK (split_mode IN ('given', 'hashed', 'ordered')),
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE images (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT NOT NULL,
  image TEXT NOT NULL,
  masks TEXT NOT NULL,
  page INTEGER NOT NULL CHECK (page >= 0),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  channels INTEGER NOT NULL CHECK (channels IN (1, 3)),
  bit_depth INTEGER NOT NULL CHECK (bit_depth IN (8, 16, 32)),
  mask_reading TEXT NOT NULL,
  foreground REAL NOT NULL CHECK (foreground BETWEEN 0 AND 1),
  image_hash TEXT NOT NULL,
  mask_hash TEXT NOT NULL,
  given_split TEXT CHECK (given_split IN ('train', 'validation', 'test')),
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  UNIQUE (dataset_id, position)
) STRICT;

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  code TEXT NOT NULL,
  file TEXT NOT NULL,
  problem TEXT NOT NULL,
  remedy TEXT NOT NULL
) STRICT;
CREATE INDEX findings_of_dataset ON findings (dataset_id);

CREATE TABLE complexity_values (
  image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
  recipe TEXT NOT NULL,
  measures TEXT NOT NULL,
  PRIMARY KEY (image_id, recipe)
) STRICT, WITHOUT ROWID;

CREATE TABLE calibration_runs (
  id INTEGER PRIMARY KEY,
  dataset_fingerprint TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  complexity_recipe TEXT NOT NULL,
  complexity TEXT NOT NULL,
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
  UNIQUE (dataset_fingerprint, complexity_recipe, network, recipe, seed)
) STRICT;

CREATE TABLE trainings (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK (purpose IN ('calibration', 'probe', 'compression')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled')),
  network TEXT NOT NULL,
  recipe TEXT NOT NULL,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  device TEXT,
  error TEXT,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT
) STRICT;
CREATE INDEX trainings_of_dataset ON trainings (dataset_id);

CREATE TABLE epochs (
  training_id INTEGER NOT NULL REFERENCES trainings (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  loss REAL NOT NULL,
  validation_dice REAL NOT NULL CHECK (validation_dice BETWEEN 0 AND 1),
  learning_rate REAL NOT NULL,
  seconds REAL NOT NULL,
  images_per_second REAL NOT NULL,
  PRIMARY KEY (training_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
  training_id INTEGER PRIMARY KEY REFERENCES trainings (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  step INTEGER NOT NULL,
  best_validation_dice REAL NOT NULL,
  best_epoch INTEGER NOT NULL,
  random_state TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE checkpoint_tensors (
  id INTEGER PRIMARY KEY,
  training_id INTEGER NOT NULL REFERENCES trainings (id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('weights', 'bestWeights', 'optimizer')),
  epoch INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  shape TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (training_id, part, epoch, position)
) STRICT;

CREATE TABLE trained_networks (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER REFERENCES datasets (id) ON DELETE SET NULL,
  training_id INTEGER REFERENCES trainings (id) ON DELETE SET NULL,
  run_id INTEGER REFERENCES calibration_runs (id) ON DELETE SET NULL,
  network TEXT NOT NULL,
  parameters INTEGER NOT NULL CHECK (parameters > 0),
  recipe TEXT NOT NULL,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  engine TEXT NOT NULL,
  preprocessing TEXT NOT NULL,
  validation TEXT,
  test TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX trained_networks_of_dataset ON trained_networks (dataset_id);
CREATE INDEX trained_networks_of_training ON trained_networks (training_id);
CREATE INDEX trained_networks_of_run ON trained_networks (run_id);

CREATE TABLE network_tensors (
  id INTEGER PRIMARY KEY,
  network_id INTEGER NOT NULL REFERENCES trained_networks (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  shape TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (network_id, position)
) STRICT;

CREATE TABLE predictions (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  network TEXT NOT NULL,
  limits TEXT NOT NULL,
  prediction TEXT NOT NULL,
  choice TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX predictions_of_dataset ON predictions (dataset_id);

CREATE TABLE outcomes (
  id INTEGER PRIMARY KEY,
  prediction_id INTEGER NOT NULL REFERENCES predictions (id) ON DELETE CASCADE,
  network_id INTEGER REFERENCES trained_networks (id) ON DELETE SET NULL,
  alpha REAL NOT NULL,
  predicted_dice REAL NOT NULL,
  predicted_low REAL NOT NULL,
  predicted_high REAL NOT NULL,
  measured_dice REAL NOT NULL CHECK (measured_dice BETWEEN 0 AND 1),
  measured_iou REAL NOT NULL CHECK (measured_iou BETWEEN 0 AND 1),
  parameters_before INTEGER NOT NULL,
  parameters_after INTEGER NOT NULL,
  bytes_before INTEGER,
  bytes_after INTEGER,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX outcomes_of_prediction ON outcomes (prediction_id);
CREATE INDEX outcomes_of_network ON outcomes (network_id);

CREATE TABLE job_records (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted')),
  progress TEXT,
  device TEXT,
  pid INTEGER,
  error TEXT,
  log TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT
) STRICT;
CREATE INDEX job_records_by_state ON job_records (state);

CREATE TABLE latencies (
  machine TEXT NOT NULL,
  engine TEXT NOT NULL,
  network TEXT NOT NULL,
  height INTEGER NOT NULL CHECK (height > 0),
  width INTEGER NOT NULL CHECK (width > 0),
  milliseconds REAL NOT NULL CHECK (milliseconds > 0),
  measured_at TEXT NOT NULL,
  PRIMARY KEY (machine, engine, network, height, width)
) STRICT, WITHOUT ROWID;

CREATE TABLE step_timings (
  machine TEXT NOT NULL,
  engine TEXT NOT NULL,
  network TEXT NOT NULL,
  crop INTEGER NOT NULL CHECK (crop > 0),
  batch INTEGER NOT NULL CHECK (batch > 0),
  milliseconds REAL NOT NULL CHECK (milliseconds > 0),
  resident_bytes INTEGER NOT NULL CHECK (resident_bytes >= 0),
  measured_at TEXT NOT NULL,
  PRIMARY KEY (machine, engine, network, crop, batch)
) STRICT, WITHOUT ROWID;
`,
};
