import type { DatasetView, ImageView } from '#contract/channels.ts';
import type { Finding } from '#common/dataset/dataset.ts';
import { counted } from '#common/format.ts';
import type { ImageEdit } from '#common/dataset/imageEdit.ts';
import { call } from '../main/call.ts';
import { Resource } from '../main/resource.svelte.ts';
import { failureWords, shownFailure } from '../window/failureWords.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';

/** What came of editing images, and what undoes it. */
export interface EditOutcome {
  readonly text: string;
  readonly wrong: boolean;
  readonly undo: (() => Promise<void>) | null;
}

/** The project's datasets, and the images and findings of those that were looked at. */
class Datasets {
  readonly list = new Resource<readonly DatasetView[]>(() => call('datasets.list'));
  readonly #images = new Map<number, Resource<readonly ImageView[]>>();
  readonly #findings = new Map<number, Resource<readonly Finding[]>>();

  byId(id: number | null): DatasetView | undefined {
    return this.list.value?.find((dataset) => dataset.id === id);
  }

  byName(name: string): DatasetView | undefined {
    return this.list.value?.find((dataset) => dataset.name === name);
  }

  /** Images of a dataset; load() them in an effect before use. */
  images(id: number): Resource<readonly ImageView[]> {
    return remembered(this.#images, id, () => new Resource(() => call('datasets.images', id)));
  }

  findings(id: number): Resource<readonly Finding[]> {
    return remembered(this.#findings, id, () => new Resource(() => call('datasets.findings', id)));
  }

  /** Reads again whatever was read before. */
  async reload(): Promise<void> {
    const seen = [...this.#images.values(), ...this.#findings.values()].filter((one) => one.value);
    await Promise.all([this.list.load(), ...seen.map((one) => one.load())]);
  }

  rename = (id: number, name: string): Promise<boolean> =>
    attempt(async () => {
      await call('datasets.rename', { id, name });
      await this.list.load();
    });

  /** Takes a dataset out of the project; a message offers to bring it back. */
  remove = (dataset: DatasetView): Promise<boolean> =>
    attempt(async () => {
      await call('datasets.remove', dataset.id);
      await this.list.load();
      toasts.done(`${dataset.name} was removed from the project. Its files were not touched.`, {
        label: 'Undo',
        run: async () => {
          await attempt(() => call('datasets.restore', dataset.id));
          await this.list.load();
        },
      });
    });

  /** Leaves images out, takes them in again or moves them to another split. @returns what followed, in words, and what undoes it */
  async edit(id: number, images: readonly number[], edit: ImageEdit): Promise<EditOutcome> {
    try {
      const { before, alongside } = await call('datasets.editImages', { id, images: [...images], edit });
      await this.#reloadOne(id);
      const done =
        edit.kind === 'exclude' ? 'Left out' : edit.kind === 'include' ? 'Taken in again' : 'Moved';
      const along =
        alongside > 0
          ? `, with ${counted(alongside, 'image')} that belong${alongside === 1 ? 's' : ''} together with it`
          : '';
      const text = `${done}${along}. What was trained before stays tied to the images that it was trained on.`;
      const undo = async (): Promise<void> => {
        await call('datasets.restoreImages', { id, images: [...before] });
        await this.#reloadOne(id);
      };
      return { text, wrong: false, undo: before.length > 0 ? undo : null };
    } catch (error) {
      const { problem, remedy } = failureWords(shownFailure(error));
      return { text: `${problem} ${remedy}`, wrong: true, undo: null };
    }
  }

  async #reloadOne(id: number): Promise<void> {
    await Promise.all([this.list.load(), this.images(id).load()]);
  }

  clear(): void {
    this.list.clear();
    this.#images.clear();
    this.#findings.clear();
  }
}

function remembered<Value>(map: Map<number, Value>, id: number, make: () => Value): Value {
  const known = map.get(id);
  if (known) return known;
  const made = make();
  map.set(id, made);
  return made;
}

export const datasets = new Datasets();
