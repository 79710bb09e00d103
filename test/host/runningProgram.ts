import type { ControlRequest } from './control.ts';
import type { HostRecord } from './record.ts';
import type { WorkerKind } from './workersBelow.ts';

/** The built program as tests see it, in the stand-in for Electron or in a real one. */
export interface RunningProgram {
  /** Folder of everything that this user of the program has: settings, documents. */
  readonly data: string;
  readonly pid: number;
  /** Its exit code, when it has ended; null after a signal. */
  readonly exit: Promise<number | null>;
  /** What the program wrote to its error output. */
  readonly errors: string;
  control(request: ControlRequest): Promise<unknown>;
  record(): Promise<HostRecord>;
  kill(): Promise<number | null>;
  /** Process ids of the program's utility processes of a role. */
  processes(role: WorkerKind): Promise<readonly number[]>;
}
