import { finiteJson } from '#common/canonicalJson.ts';
import { z } from 'zod';
import type { Failure } from '#common/failures/failures.ts';
import { storeFailure } from '#common/failures/storedFailure.ts';
import { type JobRequest, jobRequestSchema } from '#contract/jobs/jobKinds.ts';
import { type WrittenFile, writtenFileSchema } from '#contract/jobs/writtenFile.ts';
import { type Progress, progressSchema } from '#contract/progress.ts';
import { failureColumn, idColumn, jsonColumn, timeColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

const LOG_CHARACTERS = 200_000;

const jobRecord = z.object({
  id: idColumn,
  kind: z.string(),
  title: z.string(),
  /** interrupted: its process died. */
  state: z.enum(['queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted']),
  progress: progressSchema.nullable(),
  device: z.string().nullable(),
  pid: z.number().int().nullable(),
  error: failureColumn.nullable(),
  log: z.string(),
  /** What was asked; null when another version stored it in a way that this one does not understand: it cannot be started again. */
  request: jobRequestSchema.nullable(),
  /** Files of trained networks that it has written. */
  written: z.array(writtenFileSchema),
  createdAt: timeColumn,
  startedAt: timeColumn.nullable(),
  finishedAt: timeColumn.nullable(),
});
export type JobRecord = z.infer<typeof jobRecord>;
export type JobEnd = 'finished' | 'failed' | 'cancelled' | 'interrupted';

const jobRow = jobRecord.extend({
  // What was told last is of no use where it cannot be read.
  progress: z.union([z.null(), jsonColumn(progressSchema)]).catch(null),
  request: z.union([z.null(), jsonColumn(jobRequestSchema)]).catch(null),
  written: z.union([z.null().transform(() => []), jsonColumn(z.array(writtenFileSchema))]).catch([]),
});

const SELECT = `SELECT id, kind, title, state, progress, device, pid, error, log, request, written, created_at AS createdAt,
    started_at AS startedAt, finished_at AS finishedAt FROM job_records`;

/** What was asked for and what became of it. */
export class JobRecords {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** The latest jobs, newest first. */
  latest(count: number): JobRecord[] {
    return this.#database.rows(`${SELECT} ORDER BY id DESC LIMIT @count`, { count }, jobRow);
  }

  byId(id: number): JobRecord | undefined {
    return this.#database.row(`${SELECT} WHERE id = @id`, { id }, jobRow);
  }

  /** Notes a job as queued. @param request what it is started with, to start it again later. @returns its id. */
  add(kind: string, title: string, request: JobRequest | null = null): number {
    return this.#database.run(
      `INSERT INTO job_records (kind, title, state, log, request, created_at)
       VALUES (@kind, @title, 'queued', '', @request, @now)`,
      { kind, title, request: request && finiteJson(request), now: new Date().toISOString() },
    ).id;
  }

  /** Puts a job that has ended, or waits, back into the queue. @param request what it is now started with, when that changed. */
  requeue(id: number, request: JobRequest | null = null): void {
    this.#database.run(
      `UPDATE job_records SET state = 'queued', error = NULL, finished_at = NULL,
         request = coalesce(@request, request) WHERE id = @id`,
      { id, request: request && finiteJson(request) },
    );
  }

  start(id: number, pid: number, device: string | null): void {
    this.#database.run(
      `UPDATE job_records SET state = 'running', pid = @pid, device = @device, started_at = @now WHERE id = @id`,
      { id, pid, device, now: new Date().toISOString() },
    );
  }

  /** Each call is a commit to the disk: some a minute, not every report of the job. */
  setProgress(id: number, progress: Progress): void {
    this.#database.run('UPDATE job_records SET progress = @progress WHERE id = @id', {
      id,
      progress: finiteJson(withoutGaps(progress)),
    });
  }

  /** Appends a line to the job's log, of which the last 200,000 characters are kept. */
  appendLog(id: number, line: string): void {
    this.#database.run('UPDATE job_records SET log = substr(log || @line, -@keep) WHERE id = @id', {
      id,
      line: `${line}\n`,
      keep: LOG_CHARACTERS,
    });
  }

  /** @param written files of trained networks; none leaves those of an earlier run of the job */
  end(id: number, state: JobEnd, error: Failure | null = null, written: readonly WrittenFile[] = []): void {
    this.#database.run(
      `UPDATE job_records SET state = @state, error = @error, finished_at = @now,
         written = coalesce(@written, written) WHERE id = @id`,
      {
        id,
        state,
        error: error && storeFailure(error),
        now: new Date().toISOString(),
        written: written.length > 0 ? JSON.stringify(written) : null,
      },
    );
  }

  /** Removes the records of jobs that have ended; those of others stay. */
  removeEnded(ids: readonly number[]): void {
    this.#database.transaction(() => {
      for (const id of ids)
        this.#database.run(
          "DELETE FROM job_records WHERE id = @id AND state IN ('finished', 'failed', 'cancelled')",
          { id },
        );
    });
  }

  /** Marks jobs whose process has died. For the holder of the writer lock only. */
  markInterrupted(): number {
    return this.#database.run(
      `UPDATE job_records SET state = 'interrupted', error = @error, finished_at = @now
       WHERE state IN ('queued', 'running')`,
      { error: storeFailure({ code: 'job-interrupted', facts: {} }), now: new Date().toISOString() },
    ).changes;
  }
}

/** A loss that has overflown is no figure to show. */
function withoutGaps(progress: Progress): Progress {
  const { figures = {} } = progress;
  const known = Object.entries(figures).filter(([, value]) => Number.isFinite(value));
  return { ...progress, ...(progress.figures && { figures: Object.fromEntries(known) }) };
}
