import { basename, extname } from 'node:path';
import type { ProjectView } from '#contract/channels.ts';
import { newProject } from '../../jobs/calibration/newProject.ts';
import { Project } from '../../project/project.ts';
import { RemovedDatasets } from './removedDatasets.ts';

/** How a project is to be opened; `create` makes one with the library that comes with the product, `create-empty` without. */
export type OpenMode = 'write' | 'read' | 'create' | 'create-empty';

/** The one project of this process, with what is remembered until it is closed. */
export class OpenedProject {
  #project: Project | null = null;
  #removed: RemovedDatasets | null = null;

  open(path: string, mode: OpenMode): ProjectView {
    this.close();
    this.#project = opened(path, mode);
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

function opened(path: string, mode: OpenMode): Project {
  switch (mode) {
    case 'create':
    case 'create-empty':
      return newProject(path, { starterLibrary: mode === 'create' });
    case 'read':
    case 'write':
      return Project.open(path, { readOnly: mode === 'read' });
  }
}
