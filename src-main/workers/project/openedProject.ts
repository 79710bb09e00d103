import { basename, extname } from 'node:path';
import type { ProjectView } from '#contract/channels.ts';
import { Project } from '../../project/project.ts';
import { RemovedDatasets } from './removedDatasets.ts';

/** How a project is to be opened. */
export type OpenMode = 'write' | 'read' | 'create';

/** The one project of this process, with what is remembered until it is closed. */
export class OpenedProject {
  #project: Project | null = null;
  #removed: RemovedDatasets | null = null;

  open(path: string, mode: OpenMode): ProjectView {
    this.close();
    this.#project =
      mode === 'create' ? Project.create(path) : Project.open(path, { readOnly: mode === 'read' });
    this.#removed = new RemovedDatasets(this.#project);
    const name = basename(this.#project.path, extname(this.#project.path));
    return { path: this.#project.path, name, readOnly: this.#project.readOnly };
  }

  close(): void {
    this.#removed?.forget();
    this.#project?.close();
    this.#project = null;
    this.#removed = null;
  }

  get project(): Project {
    if (!this.#project) throw new Error('No project is open.');
    return this.#project;
  }

  get removed(): RemovedDatasets {
    if (!this.#removed) throw new Error('No project is open.');
    return this.#removed;
  }
}
