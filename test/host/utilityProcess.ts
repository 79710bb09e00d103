import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { PortBridge } from './portBridge.ts';

/** How a stand-in for a utility process is started. */
export interface WorkerHost {
  /** The Node that runs it. */
  readonly node: string;
  /** Where parentPort.ts lies. */
  readonly parentPort: string;
}

type Used = Pick<UtilityProcess, 'kill' | 'postMessage' | 'pid'>;

class UtilityProcessStandIn extends EventEmitter implements Used {
  readonly #child: ChildProcess;
  readonly #ports = new PortBridge((message) => this.#send(message));

  constructor({ node, parentPort }: WorkerHost, path: string, args: readonly string[]) {
    super();
    this.#child = fork(path, args, {
      execPath: node,
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', parentPort],
      // Structured clone, as between Electron's processes: typed arrays arrive as such.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message) => {
      if (!this.#ports.receive(message)) this.emit('message', message);
    });
    this.#child.on('exit', () => this.#ports.closeAll());
    this.#child.on('exit', (code, signal) => this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15)));
    this.#child.on('spawn', () => this.emit('spawn'));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#send({ message, ports: transfer.map((port) => this.#ports.carry(port)) });
  }

  #send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

/** Electron's utilityProcess, on plain Node. */
export const utilityProcessOn = (
  host: WorkerHost,
): { fork(path: string, args?: string[]): UtilityProcessStandIn } => ({
  // Its third argument names the process and asks for pipes, which it has here in any case.
  fork: (path, args = []) => new UtilityProcessStandIn(host, path, args),
});
