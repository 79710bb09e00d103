import type { TrainerChannel } from './trainerMessages.ts';
import { Trainer } from './trainer.ts';

/** Processes that train side by side: each is used again for the next training, and one that died is not. */
export class TrainerPool {
  readonly #start: () => TrainerChannel;
  readonly #idle: Trainer[] = [];
  readonly #all = new Set<Trainer>();

  constructor(start: () => TrainerChannel) {
    this.#start = start;
  }

  take(): Trainer {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (!idle.dead) return idle;
    const trainer = new Trainer(this.#start());
    this.#all.add(trainer);
    return trainer;
  }

  giveBack(trainer: Trainer): void {
    if (trainer.dead) this.#all.delete(trainer);
    else this.#idle.push(trainer);
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all].map((trainer) => trainer.end()));
  }
}
