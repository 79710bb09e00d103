import type { Migration } from './migration.ts';

/**
 * A dataset is known by its id, whatever it is called: an id is never used again (AUTOINCREMENT), and what jobs were asked names
 * datasets by id instead of by name. A name that no dataset has becomes an id that none ever gets, so that resuming such a job
 * finds its dataset gone. The starter library, which was the file "starter", has no file.
 */
export const datasetIds: Migration = {
  version: 3,
  name: 'dataset ids',
  sql: `
CREATE TABLE datasets_by_id (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
  root TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'zip')),
  convention TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  channels INTEGER NOT NULL CHECK (channels IN (1, 3)),
  split_mode TEXT NOT NULL CHECK (split_mode IN ('given', 'hashed', 'ordered')),
  added_at TEXT NOT NULL
) STRICT;
INSERT INTO datasets_by_id (id, name, root, kind, convention, fingerprint, channels, split_mode, added_at)
  SELECT id, name, root, kind, convention, fingerprint, channels, split_mode, added_at FROM datasets;
DROP TABLE datasets;
ALTER TABLE datasets_by_id RENAME TO datasets;

-- The id of what is gone: one beyond the last, kept from every dataset that will be added.
DELETE FROM sqlite_sequence WHERE name = 'datasets';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'datasets', coalesce(max(id), 0) + (SELECT count(*) > 0 FROM job_records) FROM datasets;

UPDATE job_records
  SET request = json_set(request, '$.dataset', coalesce(
    (SELECT id FROM datasets WHERE name = json_extract(request, '$.dataset')),
    (SELECT seq FROM sqlite_sequence WHERE name = 'datasets')))
  WHERE CASE WHEN json_valid(request) THEN json_type(request, '$.dataset') END = 'text';

UPDATE job_records
  SET request = json_set(request, '$.datasets', json((
    SELECT json_group_array(coalesce(
      (SELECT id FROM datasets WHERE name = named.value),
      (SELECT seq FROM sqlite_sequence WHERE name = 'datasets')) ORDER BY named.key)
    FROM json_each(request, '$.datasets') AS named)))
  WHERE CASE WHEN json_valid(request) THEN json_type(request, '$.datasets') END = 'array';

UPDATE job_records SET request = json_set(request, '$.file', NULL)
  WHERE kind = 'import-library' AND CASE WHEN json_valid(request) THEN json_extract(request, '$.file') END = 'starter';
`,
};
