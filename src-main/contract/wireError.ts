import type { Finding } from '#common/dataset/dataset.ts';
import { CancelledError, CcnetError } from '#common/errors.ts';

/** An error as it crosses a process border: for people, without a stack. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  /** What the doctor saw, where nothing was usable. */
  readonly findings?: readonly Finding[];
}

const FAULT_REMEDY = 'This is a fault of the program: please report it with what you did just before.';

/** Tells an error to another process: message and remedy of a CcnetError; any other error is a fault of the program. */
export function toWireError(error: unknown): WireError {
  if (error instanceof RemoteError) return error.wire;
  if (error instanceof CcnetError) {
    const { name, message, remedy } = error;
    const report = 'report' in error ? (error.report as { findings?: readonly Finding[] }) : undefined;
    return { name, message, remedy, ...(report?.findings && { findings: report.findings }) };
  }
  if (error instanceof Error) return { name: error.name, message: error.message, remedy: FAULT_REMEDY };
  return { name: 'Error', message: String(error), remedy: FAULT_REMEDY };
}

/** An error that happened in another process. */
export class RemoteError extends CcnetError {
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.message, wire.remedy);
    this.name = wire.name;
    this.wire = wire;
  }
}

/** Whether a job ended because it was asked to. */
export function isCancellation(error: unknown): boolean {
  return error instanceof CancelledError || (error instanceof RemoteError && error.name === 'CancelledError');
}
