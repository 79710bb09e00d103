import { type DatasetSource } from '../../dataset/source/datasetSource.ts';
import { openSource } from '../../dataset/source/openSource.ts';

const KEPT = 4;
const IDLE_MS = 10_000;

interface Opened {
  readonly source: Promise<DatasetSource>;
  users: number;
  timer?: NodeJS.Timeout;
}

/**
 * Keeps the datasets that were looked at last open, because reading the directory of a large .zip for every thumbnail would
 * take longer than the thumbnail; closes them when nobody has looked for a while, so that they can be moved or deleted.
 */
export class OpenSources {
  readonly #opened = new Map<string, Opened>();

  async use<Result>(root: string, body: (source: DatasetSource) => Promise<Result>): Promise<Result> {
    const opened = this.#opened.get(root) ?? { source: openSource(root), users: 0 };
    clearTimeout(opened.timer);
    this.#opened.delete(root);
    this.#opened.set(root, opened);
    opened.users += 1;
    try {
      return await body(await opened.source);
    } finally {
      opened.users -= 1;
      if (opened.users === 0) this.#closeLater(root, opened);
    }
  }

  #closeLater(root: string, opened: Opened): void {
    const idle = [...this.#opened].filter(([, { users }]) => users === 0);
    for (const [other, { source }] of idle.slice(0, Math.max(0, idle.length - KEPT)))
      this.#close(other, source);
    opened.timer = setTimeout(() => this.#close(root, opened.source), IDLE_MS);
    opened.timer.unref();
  }

  #close(root: string, source: Promise<DatasetSource>): void {
    if (this.#opened.get(root)?.source === source) this.#opened.delete(root);
    source.then(
      (open) => open.close(),
      () => undefined,
    );
  }
}
