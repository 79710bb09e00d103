import type { ProjectView } from '#contract/channels.ts';
import { CcnetError } from '#common/errors.ts';
import type { CallPayload, CallResult } from '../../workers/protocol.ts';
import type { ProjectCalls } from '../../workers/project/projectCalls.ts';
import type { OpenMode } from '../../workers/project/openedProject.ts';
import { WorkerProcess } from '../processes/workerProcess.ts';
import type { WorkerDiedError } from '../processes/workerDiedError.ts';

/** What is thrown where something is asked that only makes sense with a project open. */
export const noProject = (): CcnetError => new CcnetError('no-project-open', {});

/** Datasets that were removed are deleted at the end, which takes a while on a slow disk. */
const CLOSE_MS = 30_000;

interface Opened {
  readonly worker: WorkerProcess<ProjectCalls>;
  readonly view: ProjectView;
}

/** The project of the window: opened, asked and closed in a process of its own. */
export class ProjectSession {
  readonly #dist: string;
  readonly #onLost: (view: ProjectView, error: WorkerDiedError) => void;
  #opened: Opened | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param onLost the project's process has died; the session has no project any more */
  constructor(dist: string, onLost: (view: ProjectView, error: WorkerDiedError) => void) {
    this.#dist = dist;
    this.#onLost = onLost;
  }

  get current(): ProjectView | null {
    return this.#opened?.view ?? null;
  }

  /** Process that holds the writer lock. */
  get writerPid(): number {
    const pid = this.#opened?.worker.pid;
    if (pid === undefined) throw noProject();
    return pid;
  }

  /** Runs what opens and closes projects one after the other: of two at a time, one would stay open that nobody knows of. */
  inTurn<Result>(body: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(body);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Opens a project in place of the present one, which must have been closed. @throws what common/failures/project.ts lists */
  async open(path: string, mode: OpenMode): Promise<ProjectView> {
    const worker = new WorkerProcess<ProjectCalls>({
      dist: this.#dist,
      role: 'project',
      onDeath: (error) => this.#lose(worker, error),
    });
    try {
      const view = await worker.call('open', { path, mode });
      this.#opened = { worker, view };
      return view;
    } catch (error) {
      await worker.stop();
      throw error;
    }
  }

  /** A project on a disk that does not answer any more is left after a while; SQLite rolls back what was under way when it is opened again. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (!opened) return;
    const late = Promise.withResolvers<unknown>();
    const timer = setTimeout(late.resolve, CLOSE_MS);
    // A process that died meanwhile has nothing left to close.
    await Promise.race([late.promise, opened.worker.call('close', undefined).catch(() => undefined)]);
    clearTimeout(timer);
    await opened.worker.stop();
  }

  /** @throws no-project-open, and what the call throws */
  async call<Name extends keyof ProjectCalls>(
    name: Name,
    payload: CallPayload<ProjectCalls, Name>,
  ): Promise<CallResult<ProjectCalls, Name>> {
    if (!this.#opened) throw noProject();
    return this.#opened.worker.call(name, payload);
  }

  #lose(worker: WorkerProcess<ProjectCalls>, error: WorkerDiedError): void {
    if (this.#opened?.worker !== worker) return;
    const { view } = this.#opened;
    this.#opened = null;
    this.#onLost(view, error);
  }
}
