import type { WorkerPort } from '../protocol.ts';
import { serveCalls } from '../serveCalls.ts';
import { projectCalls } from './projectCalls.ts';

/**
 * The process that has the project open for the window: it holds the writer lock and answers the window's questions, so that
 * the main process never waits for a disk.
 */
export function projectWorker(port: WorkerPort): void {
  serveCalls(port, projectCalls());
}
