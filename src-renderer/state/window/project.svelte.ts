import type { ProjectView, RecentProject } from '#contract/channels.ts';
import { call } from '../main/call.ts';
import { Resource } from '../main/resource.svelte.ts';
import { attempt } from './toasts.svelte.ts';

/** The open project and those opened lately. */
class OpenProject {
  current = $state.raw<ProjectView | null>(null);
  /** False until the first answer, so that nothing flashes at the start. */
  known = $state(false);
  busy = $state<'create' | 'open' | 'demo' | null>(null);
  /** The project of the demo, which lies in a folder of the program's own. */
  readonly isDemo = $derived(/[\\/]demo[\\/]demo\.ccnet$/.test(this.current?.path ?? ''));
  readonly recent = new Resource<readonly RecentProject[]>(() => call('projects.recent'));

  async load(): Promise<void> {
    await attempt(async () => {
      this.current = await call('projects.current');
    });
    this.known = true;
    if (!this.current) await this.recent.load();
  }

  create = (): Promise<void> => this.#become('create', () => call('projects.create'));
  open = (path?: string): Promise<void> => this.#become('open', () => call('projects.open', path));
  openDemo = (): Promise<void> => this.#become('demo', () => call('projects.openDemo'));

  close = (): Promise<boolean> =>
    attempt(async () => {
      await call('projects.close');
      this.current = null;
      await this.recent.load();
    });

  forget = (path: string): Promise<boolean> =>
    attempt(async () => {
      this.recent.value = await call('projects.forget', path);
    });

  async #become(what: 'create' | 'open' | 'demo', ask: () => Promise<ProjectView | null>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    await attempt(async () => {
      const project = await ask();
      if (project) this.current = project;
    });
    this.busy = null;
  }
}

export const project = new OpenProject();
