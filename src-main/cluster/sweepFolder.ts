import { basename, dirname, join, resolve } from 'node:path';

/** Tasks of a part: no folder holds more files of a kind, and a job array covers one part. */
export const PART_SIZE = 1000;

/** A task's name: its place in the sweep, "000042". */
export function taskId(index: number): string {
  return String(index).padStart(6, '0');
}

export const TASK_ID = /^\d{6}$/;

/** Where things of a sweep lie, below its folder. A task's name says all of its places: nothing that is read from a file does. */
export class SweepFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** The sweep that a task file belongs to, with the task's name; null where the file does not lie as in a sweep. */
  static ofTask(file: string): { folder: SweepFolder; id: string } | null {
    const path = resolve(file);
    const id = basename(path, '.json');
    const part = dirname(path);
    if (!TASK_ID.test(id) || basename(part) !== partOf(id) || basename(dirname(part)) !== 'tasks')
      return null;
    return { folder: new SweepFolder(dirname(dirname(part))), id };
  }

  /** What the sweep is, and its datasets' complexity. */
  get sweep(): string {
    return join(this.path, 'sweep.json');
  }

  /** What was submitted. */
  get state(): string {
    return join(this.path, 'state.json');
  }

  /** The images of a dataset, and how they are read. */
  dataset(fingerprint: string): string {
    return join(this.path, 'datasets', `${fingerprint}.json`);
  }

  /** The files of a dataset that was packed. */
  packed(fingerprint: string): string {
    return join(this.path, 'datasets', fingerprint);
  }

  /** Weights of a network that was trained before the sweep, to learn from. */
  teacher(number: number): string {
    return join(this.path, 'teachers', `${number}.weights`);
  }

  task(id: string): string {
    return join(this.path, 'tasks', partOf(id), `${id}.json`);
  }

  checkpoint(id: string): string {
    return join(this.path, 'checkpoints', partOf(id), `${id}.checkpoint`);
  }

  /** The run, as a library file. */
  result(id: string): string {
    return join(this.path, 'results', partOf(id), `${id}.json`);
  }

  weights(id: string): string {
    return join(this.path, 'results', partOf(id), `${id}.weights`);
  }

  /** Why the last attempt ended without a result, where it could say so. */
  failure(id: string): string {
    return join(this.path, 'failures', partOf(id), `${id}.json`);
  }

  logs(part: string): string {
    return join(this.path, 'logs', part);
  }
}

/** The part that a task belongs to: "000". */
export function partOf(id: string): string {
  return id.slice(0, 3);
}

/** A task's index within its part, which is its index in a job array. */
export function arrayIndex(id: string): number {
  return Number(id) % PART_SIZE;
}
