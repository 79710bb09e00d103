import type { Migration } from './migration.ts';

/**
 * A dataset's fingerprint tells how it was dealt to the splits, too. All fingerprints that share one word under `images` are of the same images, dealt
 * or edited otherwise; they outlive the dataset, as its runs do. What datasets.former_fingerprints held is here now.
 */
export const datasetFingerprints: Migration = {
  version: 11,
  name: 'fingerprints of the same images',
  sql: `CREATE TABLE dataset_fingerprints (
  fingerprint TEXT PRIMARY KEY,
  images TEXT NOT NULL
) STRICT;
INSERT OR IGNORE INTO dataset_fingerprints (fingerprint, images)
  SELECT fingerprint, fingerprint FROM datasets ORDER BY id;
INSERT OR IGNORE INTO dataset_fingerprints (fingerprint, images)
  SELECT former.value, datasets.fingerprint FROM datasets,
    json_each(CASE WHEN json_valid(datasets.former_fingerprints) THEN datasets.former_fingerprints END) former ORDER BY datasets.id;
CREATE INDEX fingerprints_of_images ON dataset_fingerprints (images);
CREATE INDEX calibrated_datasets_related ON calibrated_datasets (related);`,
};
