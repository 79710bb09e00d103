import type { CallPayload, CallResult } from '../../workers/protocol.ts';
import type { MediaCalls } from '../../workers/media/mediaWorker.ts';
import { WorkerProcess } from './workerProcess.ts';

/** The process that decodes pictures: started when the first one is wanted, and again after a picture has ended it. */
export class MediaProcess {
  readonly #dist: string;
  readonly #cacheFolder: string;
  #worker: WorkerProcess<MediaCalls> | null = null;

  constructor(dist: string, cacheFolder: string) {
    this.#dist = dist;
    this.#cacheFolder = cacheFolder;
  }

  draw<Name extends keyof MediaCalls>(
    kind: Name,
    payload: CallPayload<MediaCalls, Name>,
  ): Promise<CallResult<MediaCalls, Name>> {
    this.#worker ??= new WorkerProcess<MediaCalls>({
      dist: this.#dist,
      role: 'media',
      args: [`--cache=${this.#cacheFolder}`],
      onDeath: () => (this.#worker = null),
    });
    return this.#worker.call(kind, payload);
  }

  async stop(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = null;
  }
}
