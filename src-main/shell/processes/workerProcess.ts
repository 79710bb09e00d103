import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { RemoteError } from '../../contract/wireError.ts';
import type {
  CallMessage,
  CallPayload,
  CallResult,
  CallTable,
  WorkerMessage,
  WorkerRole,
} from '../../workers/protocol.ts';
import { WorkerDiedError } from './workerDiedError.ts';

const STDERR_KEPT = 4000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface WorkerOptions {
  /** Folder of the bundled entries. */
  readonly dist: string;
  readonly role: WorkerRole;
  readonly args?: readonly string[];
  readonly onNotice?: (name: string, value: unknown) => void;
  /** Called once when the process has ended without having been told to. */
  readonly onDeath?: (error: WorkerDiedError) => void;
}

/** A utility process and the calls that wait for its answer; when it dies, all of them are rejected. */
export class WorkerProcess<Table extends CallTable> {
  readonly #options: WorkerOptions;
  readonly #child: Electron.UtilityProcess;
  readonly #ready = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<void>();
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #stderr = '';
  #told = false;
  #dead: WorkerDiedError | null = null;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { dist, role, args = [] } = options;
    this.#child = utilityProcess.fork(join(dist, 'worker.js'), [`--role=${role}`, ...args], {
      serviceName: `CC-Net ${role}`,
      stdio: 'pipe',
    });
    this.#ready.promise.catch(() => undefined);
    this.#child.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#child.once('exit', (code) => this.#end(code));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    // Nobody reads it, but a full pipe would stop the process.
    this.#child.stdout?.resume();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Runs a function of the worker. @throws RemoteError with the worker's own error, or WorkerDiedError */
  async call<Name extends keyof Table & string>(
    name: Name,
    payload: CallPayload<Table, Name>,
  ): Promise<CallResult<Table, Name>> {
    await this.#ready.promise;
    if (this.#dead) throw this.#dead;
    const id = ++this.#calls;
    const answer = new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#child.postMessage({ type: 'call', id, name, payload } satisfies CallMessage);
    return answer as Promise<CallResult<Table, Name>>;
  }

  /** Ends the process, and resolves when it has gone. Its death is then not reported. */
  stop(): Promise<void> {
    this.#told = true;
    if (!this.#dead) this.#child.kill();
    return this.#exited.promise;
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'ready') return this.#ready.resolve();
    if (message.type === 'notice') return this.#options.onNotice?.(message.name, message.value);
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'value') pending?.resolve(message.value);
    else pending?.reject(new RemoteError(message.error));
  }

  #end(code: number): void {
    this.#dead = new WorkerDiedError(this.#options.role, code, this.#stderr);
    this.#ready.reject(this.#dead);
    for (const { reject } of this.#pending.values()) reject(this.#dead);
    this.#pending.clear();
    this.#exited.resolve();
    if (!this.#told) this.#options.onDeath?.(this.#dead);
  }
}
