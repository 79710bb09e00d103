import { CcnetError, errorFrom } from '#common/errors.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { Checkpoint, TrainingRecipe } from '#common/training/training.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import type { TrainingOutcome } from '../training/trainingTask.ts';
import type { FromTrainer, TrainerChannel, TrainerOrder } from './trainerMessages.ts';

/** What a training in another process tells while it goes on. */
export interface TrainerListener {
  readonly onProgress: (progress: Progress) => void;
  readonly onExamples: (examples: LiveExamples) => void;
  /** Stores a state; what it throws stops the training. */
  readonly onCheckpoint: (checkpoint: Checkpoint) => void;
}

type Answer = Extract<FromTrainer, { type: 'outcome' | 'measured' }>;

/** A process that trains for this one, one training after the other. When it dies, what it was doing is rejected with trainer-died. */
export class Trainer {
  readonly #channel: TrainerChannel;
  #pending: PromiseWithResolvers<Answer> | null = null;
  #listener: TrainerListener | null = null;
  #died: CcnetError<'trainer-died'> | null = null;
  #saveError: unknown = null;

  constructor(channel: TrainerChannel) {
    this.#channel = channel;
    channel.listen(
      (message) => this.#receive(message),
      (reason) => this.#close(reason),
    );
  }

  get dead(): boolean {
    return this.#died !== null;
  }

  /** Trains to the end. @throws the training's own failure, trainer-died, or what `onCheckpoint` throws */
  async train(order: TrainerOrder, listener: TrainerListener): Promise<TrainingOutcome> {
    this.#listener = listener;
    const answer = await this.#ask(() => this.#channel.send({ type: 'train', order }));
    if (answer.type !== 'outcome') throw new Error('A trainer has answered something else.');
    return answer.outcome;
  }

  /** Median milliseconds of a training step in that process. */
  async measure(network: NetworkSpec, recipe: TrainingRecipe, threads: number): Promise<number> {
    const answer = await this.#ask(() => this.#channel.send({ type: 'measure', network, recipe, threads }));
    if (answer.type !== 'measured') throw new Error('A trainer has answered something else.');
    return answer.milliseconds;
  }

  setThreads(threads: number): void {
    this.#channel.send({ type: 'threads', threads });
  }

  /** Asks what runs to stop soon; it then rejects with a CancelledError. */
  cancel(): void {
    this.#channel.send({ type: 'cancel' });
  }

  end(): Promise<void> {
    return this.#channel.end();
  }

  #ask(send: () => void): Promise<Answer> {
    if (this.#died) return Promise.reject(this.#died);
    this.#saveError = null;
    this.#pending = Promise.withResolvers<Answer>();
    send();
    return this.#pending.promise;
  }

  #receive(message: FromTrainer): void {
    if (message.type === 'progress') this.#listener?.onProgress(message.progress);
    else if (message.type === 'examples') this.#listener?.onExamples(message.examples);
    else if (message.type === 'checkpoint') this.#save(message.checkpoint);
    else if (message.type === 'failure') this.#fail(this.#saveError ?? errorFrom(message.failure));
    else if (message.type !== 'ready') this.#answer(message);
  }

  #save(checkpoint: Checkpoint): void {
    try {
      this.#listener?.onCheckpoint(checkpoint);
      this.#channel.send({ type: 'saved' });
    } catch (error) {
      this.#saveError = error;
      this.cancel();
    }
  }

  #answer(answer: Answer): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.resolve(answer);
  }

  #fail(error: unknown): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.reject(error);
  }

  #close(reason: string): void {
    if (this.#died) return;
    this.#died = new CcnetError('trainer-died', { reason: reason.slice(0, 300) });
    this.#fail(this.#died);
  }
}
