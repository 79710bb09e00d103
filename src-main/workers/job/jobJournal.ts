import type { Progress } from '#contract/progress.ts';
import type { JobRecords } from '../../project/records/jobRecords.ts';

/** Every commit waits for the disk, so a job notes its progress a few times a minute only. */
const INTERVAL_MS = 10_000;

/** Keeps a job's log and progress in the project file, so that they outlive its process. */
export class JobJournal {
  readonly #records: Pick<JobRecords, 'setProgress' | 'appendLog'>;
  readonly #record: number;
  #writtenAt = performance.now();
  #progress: Progress | null = null;
  #lines: string[] = [];

  constructor(records: Pick<JobRecords, 'setProgress' | 'appendLog'>, record: number) {
    this.#records = records;
    this.#record = record;
  }

  progress(progress: Progress): void {
    this.#progress = progress;
    if (performance.now() - this.#writtenAt >= INTERVAL_MS) this.flush();
  }

  log(line: string): void {
    this.#lines.push(line);
  }

  /** Writes what waits. A project that cannot be written now must not end the job: its own next write tells the user. */
  flush(): void {
    this.#writtenAt = performance.now();
    try {
      if (this.#lines.length > 0) this.#records.appendLog(this.#record, this.#lines.join('\n'));
      this.#lines = [];
      if (this.#progress) this.#records.setProgress(this.#record, this.#progress);
      this.#progress = null;
    } catch {
      // Kept for the next time.
    }
  }
}
