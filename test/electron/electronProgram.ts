import { join } from 'node:path';
import type * as Electron from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { ControlRequest } from '../host/control.ts';
import type { ProgramOptions } from '../host/program.ts';
import type { HostRecord } from '../host/record.ts';
import type { RunningProgram } from '../host/runningProgram.ts';
import { type WorkerKind, workersBelow } from '../host/workersBelow.ts';
import { control } from './control.ts';
import { observe } from './observe.ts';
import { recordOf } from './recordOf.ts';
import type { Runtime } from './runtime.ts';

/** Lines that Chromium, Node's inspector and a machine without desktop or GPU write. */
const NOISE =
  /^(\[\d+:|Debugger |DevTools |For help, see|Waiting for the debugger|(Warning|Error): (vk|egl)|\s+at .*\/dawn\/|\s*$)/;

/** A busy machine starts a browser. */
const START_MS = 45_000;

/** The built program, running in a real Electron. */
export class ElectronProgram implements RunningProgram {
  readonly data: string;
  readonly #app: Promise<ElectronApplication>;
  readonly #exit = Promise.withResolvers<number | null>();
  #stderr = '';
  #pid = 0;

  constructor(data: string, { args = [] }: ProgramOptions = {}) {
    this.data = data;
    this.#app = this.#start(args);
    this.#app.catch((error: unknown) => {
      // A second start ends before a test can attach itself.
      const code = /process did exit: exitCode=(\d+)/.exec(String(error))?.[1];
      if (code === undefined) this.#exit.reject(error);
      else this.#exit.resolve(Number(code));
    });
    this.#exit.promise.catch(() => undefined);
  }

  async #start(args: readonly string[]): Promise<ElectronApplication> {
    const { executable, app } = JSON.parse(process.env['CCNET_ELECTRON_RUNTIME'] ?? '') as Runtime;
    const started = await _electron.launch({
      executablePath: executable,
      timeout: START_MS,
      args: [...app, ...args, `--user-data-dir=${join(this.data, 'userData')}`],
      env: {
        ...(process.env as Record<string, string>),
        HOME: this.data,
        XDG_CONFIG_HOME: join(this.data, 'config'),
        CCNET_TENSORFLOW_HOME: join(this.data, 'no-tensorflow'),
      },
    });
    const child = started.process();
    this.#pid = child.pid ?? 0;
    child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    child.once('exit', (code) => this.#exit.resolve(code));
    await started.firstWindow();
    await started.evaluate(observe);
    return started;
  }

  /** The program's window. */
  async page(): Promise<Page> {
    return (await this.#app).firstWindow();
  }

  /** Runs a function in the main process; it can use nothing but its arguments. */
  async inMain<Result, Arg = undefined>(
    action: (electron: typeof Electron, arg: Arg) => Result | Promise<Result>,
    arg?: Arg,
  ): Promise<Result> {
    const app = await this.#app;
    return app.evaluate<Result, Arg>(action as Parameters<typeof app.evaluate<Result, Arg>>[0], arg as Arg);
  }

  get exit(): Promise<number | null> {
    return this.#exit.promise;
  }

  get pid(): number {
    return this.#pid;
  }

  get errors(): string {
    return this.#stderr
      .split('\n')
      .filter((line) => !NOISE.test(line))
      .join('\n');
  }

  async control(request: ControlRequest): Promise<unknown> {
    return (await this.#app).evaluate(control, request);
  }

  async record(): Promise<HostRecord> {
    return (await this.#app).evaluate(recordOf);
  }

  async kill(): Promise<number | null> {
    await this.#app.catch(() => undefined);
    if (this.#pid > 0) {
      try {
        process.kill(this.#pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    return this.exit;
  }

  async processes(role: WorkerKind): Promise<readonly number[]> {
    // Electron's own utility processes bear the name that they were given, not their arguments.
    const own = await this.inMain(
      ({ app }, name) => app.getAppMetrics().flatMap((one) => (one.name === name ? [one.pid] : [])),
      `CC-Net ${role}`,
    );
    return [...own, ...workersBelow(this.#pid, role)];
  }
}
