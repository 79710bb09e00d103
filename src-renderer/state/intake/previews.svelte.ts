import { SvelteMap } from 'svelte/reactivity';

/** Small pictures of the files that are being paired, fetched once each. */
export class Previews {
  readonly #known = new SvelteMap<string, string | null | undefined>();
  readonly #fetch: (file: string, as: 'image' | 'mask') => Promise<string | null>;

  constructor(fetch: (file: string, as: 'image' | 'mask') => Promise<string | null>) {
    this.#fetch = fetch;
  }

  /** A data: URL; undefined while it is fetched, null when the file cannot be shown. */
  get(file: string, as: 'image' | 'mask'): string | null | undefined {
    return this.#known.get(`${as} ${file}`);
  }

  /** Fetches a picture unless that was done. */
  want(file: string, as: 'image' | 'mask'): void {
    const key = `${as} ${file}`;
    if (this.#known.has(key)) return;
    this.#known.set(key, undefined);
    void this.#fetch(file, as).then(
      (url) => this.#known.set(key, url),
      () => this.#known.set(key, null),
    );
  }
}
