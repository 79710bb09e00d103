import type { Failure } from '#common/failures/failures.ts';

/** What a process that is started from worker.ts can be. */
export const WORKER_ROLES = ['project', 'media', 'job', 'trainer'] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

/** Functions that a worker runs for the main process, by name. */
export type CallTable = Readonly<Record<string, (payload: never) => unknown>>;
export type CallPayload<Table, Name extends keyof Table> = Table[Name] extends (payload: infer P) => unknown
  ? P
  : never;
export type CallResult<Table, Name extends keyof Table> = Table[Name] extends (payload: never) => infer R
  ? Awaited<R>
  : never;

/** From main: run a function. */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
}

/** From main, with one port: the worker's end of a channel that it has asked for. */
export interface PortMessage {
  readonly type: 'port';
  readonly name: string;
}

/** To main: it is ready for calls; the outcome of a call; something that it tells unasked. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: Failure }
  | { readonly type: 'notice'; readonly name: string; readonly value: unknown };

/** The part of Electron's MessagePortMain that workers use. */
export interface ChannelPort<Sent = CallMessage, Received = WorkerMessage> {
  postMessage(message: Sent): void;
  on(event: 'message', listener: (event: { data: Received }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** The part of Electron's ParentPort that workers use. */
export interface WorkerPort {
  postMessage(message: WorkerMessage): void;
  on(
    event: 'message',
    listener: (event: { data: CallMessage | PortMessage; ports: readonly ChannelPort[] }) => void,
  ): void;
}
