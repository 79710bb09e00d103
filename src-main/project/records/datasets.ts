import { finiteJson } from '#common/canonicalJson.ts';
import { z } from 'zod';
import type { Finding } from '#common/dataset/dataset.ts';
import { groupingSchema } from '#common/dataset/grouping.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { readingSchema } from '#common/dataset/reading.ts';
import { CcnetError } from '#common/errors.ts';
import { hashColumn, idColumn, jsonColumn, timeColumn } from './columns.ts';
import { isShown, shown } from '#common/shownText.ts';
import { datasetRoot, datasetRootColumn, resolvedRoot, storedRoot } from './datasetRoot.ts';
import type { Findings } from './findings.ts';
import type { Images, NewImage } from './images.ts';
import type { ProjectDatabase, SqlParameters } from '../file/projectDatabase.ts';

const datasetRecord = z.object({
  id: idColumn,
  /** Unique in the project, upper and lower case alike. */
  name: z.string().min(1).max(200),
  /** Absolute path of the folder or .zip. */
  root: datasetRoot,
  kind: z.enum(['folder', 'zip']),
  /** How pairs were found, in words. */
  convention: z.string(),
  /** SHA-256 of its contents and how they are dealt to the splits. */
  fingerprint: hashColumn,
  /** Those of the same images dealt or edited otherwise, here or in a dataset that was removed: runs on them belong to these. */
  otherFingerprints: z.array(hashColumn).max(10_000),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** given: by the dataset's own folders; hashed: drawn from the content hashes; ordered: in contiguous blocks. */
  splitMode: z.enum(['given', 'hashed', 'ordered']),
  /** How its images are told to belong together; null when each stands for itself. */
  grouping: groupingSchema.nullable(),
  /** How its files are read. */
  reading: readingSchema,
  addedAt: timeColumn,
});
const datasetRow = datasetRecord.extend({
  root: datasetRootColumn,
  grouping: z.union([z.null(), jsonColumn(groupingSchema)]),
  otherFingerprints: jsonColumn(datasetRecord.shape.otherFingerprints),
  // Datasets of older versions were read file by file; most of them read the same under the plain rule.
  reading: jsonColumn(readingSchema)
    .nullable()
    .transform((reading) => reading ?? PLAIN_READING),
});
export type DatasetRecord = z.infer<typeof datasetRecord>;
export interface NewDataset
  extends
    Omit<DatasetRecord, 'id' | 'addedAt' | 'reading' | 'otherFingerprints'>,
    Partial<Pick<DatasetRecord, 'reading'>> {
  /** SHA-256 of its contents, however they are dealt; the fingerprint where it is not given. */
  readonly contents?: string;
}

/** Of libraries, too: their word for datasets that are not independent is that of the images. */
const WORD = '(SELECT images FROM dataset_fingerprints WHERE fingerprint = datasets.fingerprint)';
const OTHERS = `SELECT json_group_array(fingerprint) FROM (
    SELECT fingerprint FROM dataset_fingerprints WHERE images = ${WORD}
    UNION SELECT fingerprint FROM calibrated_datasets WHERE related = ${WORD}
  ) AS same WHERE same.fingerprint <> datasets.fingerprint`;
const COLUMNS = `id, name, root, kind, convention, fingerprint, channels, split_mode AS splitMode, grouping, reading, added_at AS addedAt,
    (${OTHERS}) AS otherFingerprints`;

/** The datasets of a project: where each lies and how it was read. */
export class Datasets {
  readonly #database: ProjectDatabase;
  readonly #images: Images;
  readonly #findings: Findings;

  constructor(database: ProjectDatabase, images: Images, findings: Findings) {
    this.#database = database;
    this.#images = images;
    this.#findings = findings;
  }

  /** In the order in which they were added. */
  list(): DatasetRecord[] {
    return this.#database
      .rows(`SELECT ${COLUMNS} FROM datasets ORDER BY id`, {}, datasetRow)
      .map((row) => this.#located(row));
  }

  find(name: string): DatasetRecord | undefined {
    return this.#one(`SELECT ${COLUMNS} FROM datasets WHERE name = @name`, { name });
  }

  byId(id: number): DatasetRecord | undefined {
    return this.#one(`SELECT ${COLUMNS} FROM datasets WHERE id = @id`, { id });
  }

  /** @throws dataset-gone */
  required(id: number): DatasetRecord {
    const dataset = this.byId(id);
    if (!dataset) throw new CcnetError('dataset-gone', { dataset: id });
    return dataset;
  }

  /** @throws unknown-dataset, which lists those that there are. */
  named(name: string): DatasetRecord {
    const dataset = this.find(name);
    if (dataset) return dataset;
    throw new CcnetError('unknown-dataset', {
      dataset: name,
      project: this.#database.path,
      known: this.list().map((other) => other.name),
    });
  }

  /** @throws dataset-name-taken, dataset-name-unshown */
  requireFreeName(name: string): void {
    requireShown(name);
    if (this.find(name)) throw this.#nameTaken(name);
  }

  /** Stores a dataset with its images and findings: all of it or nothing. @throws dataset-name-taken */
  add(dataset: NewDataset, images: readonly NewImage[], findings: readonly Finding[]): DatasetRecord {
    const { contents = dataset.fingerprint, ...described } = dataset;
    const checked = datasetRecord.omit({ id: true, otherFingerprints: true }).parse({
      reading: PLAIN_READING,
      ...described,
      addedAt: new Date().toISOString(),
    });
    return this.#database.transaction(() => {
      this.requireFreeName(dataset.name);
      const { id } = this.#database.run(
        `INSERT INTO datasets (name, root, kind, convention, fingerprint, channels, split_mode, grouping, reading, added_at)
         VALUES (@name, @root, @kind, @convention, @fingerprint, @channels, @splitMode, @grouping, @reading, @addedAt)`,
        {
          ...checked,
          root: storedRoot(checked.root, this.#database.path),
          reading: finiteJson(checked.reading),
          grouping: checked.grouping && finiteJson(checked.grouping),
        },
      );
      this.#images.add(id, images);
      this.#findings.add(id, findings);
      const word = this.imagesOf(contents) ?? this.imagesOf(checked.fingerprint) ?? contents;
      for (const fingerprint of [contents, checked.fingerprint]) this.#noteImages(fingerprint, word);
      return this.required(id);
    });
  }

  /** Notes that the dataset is another one now: what was trained before belongs to the fingerprint that it had. */
  refingerprint(id: number, fingerprint: string): void {
    const before = this.required(id).fingerprint;
    this.#noteImages(fingerprint, this.imagesOf(before) ?? before);
    this.#database.run('UPDATE datasets SET fingerprint = @fingerprint WHERE id = @id', { id, fingerprint });
  }

  /** The word that all fingerprints of the same images share, however those are or were dealt and edited; null for one that was never here. */
  imagesOf(fingerprint: string): string | null {
    const row = this.#database.row(
      'SELECT images FROM dataset_fingerprints WHERE fingerprint = @fingerprint',
      { fingerprint },
      z.object({ images: hashColumn }),
    );
    return row?.images ?? null;
  }

  /** Gives a dataset another name. @throws dataset-name-taken @returns whether it exists. */
  rename(id: number, name: string): boolean {
    return this.#database.transaction(() => {
      const holder = this.find(name);
      if (holder && holder.id !== id) throw this.#nameTaken(name);
      return this.#database.run('UPDATE datasets SET name = @name WHERE id = @id', { id, name }).changes > 0;
    });
  }

  /**
   * Notes that the files of a dataset lie somewhere else now. The caller has made sure that they are the same files.
   * @param root absolute
   * @returns whether the dataset exists
   */
  relocate(id: number, root: string, kind: DatasetRecord['kind']): boolean {
    const stored = storedRoot(datasetRecord.shape.root.parse(root), this.#database.path);
    return (
      this.#database.run('UPDATE datasets SET root = @stored, kind = @kind WHERE id = @id', {
        id,
        stored,
        kind,
      }).changes > 0
    );
  }

  /** Removes a dataset with all that hangs on it; calibration runs and trained networks stay. @returns whether it was there. */
  remove(id: number): boolean {
    return this.#database.run('DELETE FROM datasets WHERE id = @id', { id }).changes > 0;
  }

  #noteImages(fingerprint: string, images: string): void {
    this.#database.run(
      'INSERT OR IGNORE INTO dataset_fingerprints (fingerprint, images) VALUES (@fingerprint, @images)',
      { fingerprint: hashColumn.parse(fingerprint), images: hashColumn.parse(images) },
    );
  }

  #one(sql: string, parameters: SqlParameters): DatasetRecord | undefined {
    const row = this.#database.row(sql, parameters, datasetRow);
    return row && this.#located(row);
  }

  #nameTaken(dataset: string): CcnetError {
    return new CcnetError('dataset-name-taken', { dataset, project: this.#database.path });
  }

  #located(row: DatasetRecord): DatasetRecord {
    return { ...row, root: resolvedRoot(row.root, this.#database.path) };
  }
}

/**
 * Names go into tables, reports and file names, and to other people. Those that older versions let in are still read.
 * @throws dataset-name-unshown
 */
export function requireShown(name: string): void {
  if (!isShown(name)) throw new CcnetError('dataset-name-unshown', { dataset: shown(name) });
}
