import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProjectView, RecentProject } from '#contract/channels.ts';
import { JsonFile } from '../../files/jsonFile.ts';

const KEPT = 12;

const recentSchema = z.array(
  z.object({ path: z.string().max(4096), name: z.string().max(400), openedAt: z.iso.datetime() }),
);
type Stored = z.infer<typeof recentSchema>;

/** The projects that were opened last, newest first. */
export class RecentProjects {
  readonly #file: JsonFile<Stored>;

  constructor(userData: string) {
    this.#file = new JsonFile(join(userData, 'recent.json'), recentSchema, []);
  }

  async list(): Promise<RecentProject[]> {
    const stored = await this.#file.read();
    return Promise.all(
      stored.map(async (entry) => ({
        ...entry,
        exists: await access(entry.path).then(
          () => true,
          () => false,
        ),
      })),
    );
  }

  /** A list that cannot be written down, as on a full disk, holds for this session all the same. */
  async add({ path, name }: ProjectView): Promise<void> {
    const entry = { path, name, openedAt: new Date().toISOString() };
    await this.#file
      .update((stored) => [entry, ...stored.filter((other) => other.path !== path)].slice(0, KEPT))
      .catch(() => undefined);
  }

  async forget(path: string): Promise<RecentProject[]> {
    await this.#file.update((stored) => stored.filter((entry) => entry.path !== path));
    return this.list();
  }
}
