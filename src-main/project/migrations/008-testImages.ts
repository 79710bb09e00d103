import type { Migration } from './migration.ts';

/** What a trained network finds on each test image, to be looked at; and which files a job has written, where they can be found again. */
export const testImages: Migration = {
  version: 8,
  name: 'test images and written files',
  sql: `
CREATE TABLE test_images (
  network_id INTEGER NOT NULL REFERENCES trained_networks (id) ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
  dice REAL NOT NULL CHECK (dice BETWEEN 0 AND 1),
  iou REAL NOT NULL CHECK (iou BETWEEN 0 AND 1),
  objects TEXT NOT NULL,
  found BLOB NOT NULL,
  PRIMARY KEY (network_id, image_id)
) STRICT;
CREATE INDEX test_images_of_image ON test_images (image_id);
ALTER TABLE job_records ADD COLUMN written TEXT;
`,
};
