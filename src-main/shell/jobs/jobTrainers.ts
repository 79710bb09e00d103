import { MessageChannelMain } from 'electron';
import type { CallTable } from '../../workers/protocol.ts';
import { TRAINER } from '../../workers/trainerNotice.ts';
import { WorkerProcess } from '../processes/workerProcess.ts';

/** The processes that train for one job. */
export class JobTrainers {
  readonly #dist: string;
  readonly #running = new Set<WorkerProcess<CallTable>>();

  constructor(dist: string) {
    this.#dist = dist;
  }

  /** Starts one. @returns the job's end of the channel to it, which closes when it dies */
  start(): Electron.MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    const trainer = new WorkerProcess<CallTable>({
      dist: this.#dist,
      role: 'trainer',
      onDeath: () => {
        this.#running.delete(trainer);
        port2.close();
      },
    });
    this.#running.add(trainer);
    trainer.give(TRAINER, port2);
    return port1;
  }

  async end(): Promise<void> {
    const running = [...this.#running];
    this.#running.clear();
    await Promise.all(running.map((trainer) => trainer.stop()));
  }
}
