import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type {
  CallPayload,
  CallResult,
  CallTable,
  PortMessage,
  WorkerMessage,
  WorkerRole,
} from '../../workers/protocol.ts';
import { PendingCalls } from '../../workers/pendingCalls.ts';
import { WorkerDiedError } from './workerDiedError.ts';

const STDERR_KEPT = 4000;
/** How long a process may take to end when it is asked to, and when it is made to. */
const FORCE_MS = 3000;
const GIVE_UP_MS = 8000;

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
  readonly #pending = new PendingCalls();
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

  /** Runs a function of the worker. @throws CcnetError with the worker's own failure, or WorkerDiedError */
  async call<Name extends keyof Table & string>(
    name: Name,
    payload: CallPayload<Table, Name>,
  ): Promise<CallResult<Table, Name>> {
    await this.#ready.promise;
    if (this.#dead) throw this.#dead;
    const answer = this.#pending.send(name, payload, (message) => this.#child.postMessage(message));
    return answer as Promise<CallResult<Table, Name>>;
  }

  /** Hands the worker its end of a channel as soon as it is ready; a worker that has gone gets nothing. */
  give(name: string, port: Electron.MessagePortMain): void {
    const message: PortMessage = { type: 'port', name };
    this.#ready.promise.then(
      () => {
        if (!this.#dead) this.#child.postMessage(message, [port]);
      },
      () => undefined,
    );
  }

  /**
   * Ends the process, and resolves when it has gone. Its death is then not reported. One that the system cannot end, as when it waits for a
   * disk that does not answer, counts as gone after a while: nothing may wait for it for ever.
   */
  stop(): Promise<void> {
    this.#told = true;
    if (this.#dead) return this.#exited.promise;
    this.#child.kill();
    const force = setTimeout(() => this.#killNow(), FORCE_MS);
    const give = setTimeout(() => this.#end(-1), GIVE_UP_MS);
    return this.#exited.promise.finally(() => {
      clearTimeout(force);
      clearTimeout(give);
    });
  }

  #killNow(): void {
    const { pid } = this.#child;
    try {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    } catch {
      // It has gone meanwhile.
    }
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'ready') return this.#ready.resolve();
    if (message.type === 'notice') return this.#options.onNotice?.(message.name, message.value);
    this.#pending.settle(message);
  }

  #end(code: number): void {
    if (this.#dead) return;
    this.#dead = new WorkerDiedError(this.#options.role, code, this.#stderr);
    this.#ready.reject(this.#dead);
    this.#pending.rejectAll(this.#dead);
    this.#exited.resolve();
    if (!this.#told) this.#options.onDeath?.(this.#dead);
  }
}
