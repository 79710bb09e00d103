import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlRequest } from './control.ts';
import type { HostRecord } from './record.ts';
import type { RunningProgram } from './runningProgram.ts';
import { type WorkerKind, workersBelow } from './workersBelow.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface FromProgram {
  readonly type: 'url' | 'answer';
  readonly url?: string;
  readonly id?: number;
  readonly value?: unknown;
}

export interface ProgramOptions {
  readonly args?: readonly string[];
  /** The bundled entry: of the checkout, or of an unpacked package. */
  readonly main?: string;
  /** Whether its hidden windows find WebGPU, on Chromium's software adapter. */
  readonly webgpu?: boolean;
}

/** The built program, running in the stand-in for Electron. */
export class Program implements RunningProgram {
  readonly data: string;
  readonly #child: ChildProcess;
  readonly #url = Promise.withResolvers<string>();
  readonly #exit = Promise.withResolvers<number | null>();
  readonly #answers = new Map<number, (value: unknown) => void>();
  #requests = 0;
  #errors = '';

  constructor(data: string, options: ProgramOptions = {}) {
    const { args = [], main = join(root, 'dist/main.js'), webgpu = false } = options;
    this.data = data;
    this.#child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        ...['--import', join(root, 'test/host/registerElectron.ts'), main, ...args],
      ],
      {
        env: {
          ...process.env,
          CCNET_HOST_DATA: data,
          CCNET_HOST_WEBGPU: webgpu ? 'software' : '',
          // Whatever the user of this machine has set up.
          CCNET_TENSORFLOW_HOME: join(data, 'no-tensorflow'),
        },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#child.on('message', (message: FromProgram) => {
      if (message.type === 'url') this.#url.resolve(message.url ?? '');
      else this.#answers.get(message.id ?? 0)?.(message.value);
    });
    this.#child.on('exit', (code) => {
      this.#url.reject(
        new Error(`The program ended (code ${code}) without showing a window.\n${this.#errors}`),
      );
      this.#exit.resolve(code);
    });
    this.#url.promise.catch(() => undefined);
  }

  /** Address of the window, good for one browser. */
  async url(): Promise<string> {
    await this.#url.promise;
    return (await this.control({ do: 'url' })) as string;
  }

  /** Address of the first window, or a rejection when the program ends without one. */
  get firstUrl(): Promise<string> {
    return this.#url.promise;
  }

  get exit(): Promise<number | null> {
    return this.#exit.promise;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get errors(): string {
    return this.#errors;
  }

  control(request: ControlRequest): Promise<unknown> {
    const id = ++this.#requests;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#child.send({ id, request });
    });
  }

  async record(): Promise<HostRecord> {
    return (await this.control({ do: 'record' })) as HostRecord;
  }

  kill(): Promise<number | null> {
    this.#child.kill('SIGKILL');
    return this.exit;
  }

  processes(role: WorkerKind): Promise<readonly number[]> {
    return Promise.resolve(workersBelow(this.pid, role));
  }
}
