import { CcnetError } from '#common/errors.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';

/**
 * Datasets that the user removed and may still bring back. They are renamed, so that their name is free, and hidden;
 * they are deleted when the project is closed. After a crash they are simply there again, under the longer name.
 */
export class RemovedDatasets {
  readonly #project: Project;
  readonly #names = new Map<number, string>();

  constructor(project: Project) {
    this.#project = project;
  }

  has(id: number): boolean {
    return this.#names.has(id);
  }

  /** The dataset of this id, unless it was removed. */
  find(id: number): DatasetRecord | undefined {
    return this.has(id) ? undefined : this.#project.datasets.byId(id);
  }

  /** The dataset of this id. @throws dataset-gone also for one that was removed */
  present(id: number): DatasetRecord {
    const dataset = this.find(id);
    if (!dataset) throw new CcnetError('dataset-gone', { dataset: id });
    return dataset;
  }

  remove(dataset: DatasetRecord): void {
    this.#project.datasets.rename(dataset.id, this.#freeName(dataset.name));
    this.#names.set(dataset.id, dataset.name);
  }

  /** @throws dataset-name-taken when another dataset has taken the name meanwhile. */
  restore(id: number): void {
    const name = this.#names.get(id);
    if (name === undefined) throw new CcnetError('dataset-gone', { dataset: id });
    this.#project.datasets.rename(id, name);
    this.#names.delete(id);
  }

  /** Deletes what was removed, for good. */
  forget(): void {
    for (const id of this.#names.keys()) this.#project.datasets.remove(id);
    this.#names.clear();
  }

  #freeName(name: string): string {
    for (let count = 1; ; count++) {
      const candidate = `${name.slice(0, 170)} (removed${count > 1 ? ` ${count}` : ''})`;
      if (!this.#project.datasets.find(candidate)) return candidate;
    }
  }
}
