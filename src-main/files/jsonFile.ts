import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { writeFileSafely } from './writeFileSafely.ts';

/** A small file of this program in the user's data folder. One that is missing or damaged counts as the initial value. */
export class JsonFile<Value> {
  readonly #path: string;
  readonly #schema: z.ZodType<Value>;
  readonly #initial: Value;
  #value: Promise<Value> | null = null;
  #written: Promise<void> = Promise.resolve();

  constructor(path: string, schema: z.ZodType<Value>, initial: Value) {
    this.#path = path;
    this.#schema = schema;
    this.#initial = initial;
  }

  read(): Promise<Value> {
    return (this.#value ??= this.#load());
  }

  /** Changes the value, one change after the other. @returns the new value, when it is on the disk */
  async update(change: (value: Value) => Value): Promise<Value> {
    const next = this.read().then(change);
    this.#value = next;
    const content = JSON.stringify(await next, null, 2);
    this.#written = this.#written.catch(() => undefined).then(() => writeFileSafely(this.#path, content));
    await this.#written;
    return next;
  }

  async #load(): Promise<Value> {
    try {
      return this.#schema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return this.#initial;
    }
  }
}
