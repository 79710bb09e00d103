import { type HeldSample, MOST_HELD_BYTES } from '../trainingStep.ts';
import { type GpuContext, USAGE } from './gpuContext.ts';

/** Where a held image lies, in words. */
export interface HeldPlace {
  readonly imageAt: number;
  readonly marksAt: number;
  readonly width: number;
  readonly height: number;
}

/** At first; doubled whenever that does not suffice, up to what every card can bind. */
const FIRST_BYTES = 2 ** 22;

/** Images and their marks on the card, one after the other in one buffer. */
export class HeldImages {
  readonly #context: GpuContext;
  readonly #places = new Map<number, HeldPlace>();
  #buffer: GPUBuffer | null = null;
  #words = 0;

  constructor(context: GpuContext) {
    this.#context = context;
  }

  /** The buffer of all of them; another one after `hold` has needed more room. @throws Error when nothing is held */
  get buffer(): GPUBuffer {
    if (!this.#buffer) throw new Error('No image is held.');
    return this.#buffer;
  }

  /** @throws Error when no image of this index is held */
  place(index: number): HeldPlace {
    const place = this.#places.get(index);
    if (!place) throw new Error(`Image ${index} is not held.`);
    return place;
  }

  /** @throws Error when the memory does not suffice; what was held before stays */
  async hold(index: number, { image, mask, width, height }: HeldSample): Promise<void> {
    const imageAt = this.#words;
    const marksAt = imageAt + image.length;
    const end = marksAt + Math.ceil(mask.length / 4);
    await this.#reach(end);
    const { queue } = this.#context.device;
    queue.writeBuffer(this.buffer, 4 * imageAt, asBytes(image));
    queue.writeBuffer(this.buffer, 4 * marksAt, wholeWords(mask));
    this.#places.set(index, { imageAt, marksAt, width, height });
    this.#words = end;
  }

  dispose(): void {
    this.#buffer?.destroy();
  }

  async #reach(words: number): Promise<void> {
    const old = this.#buffer;
    if (old && old.size >= 4 * words) return;
    const size = Math.max(4 * words, Math.min(old ? 2 * old.size : FIRST_BYTES, MOST_HELD_BYTES));
    const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
    const [buffer] = await this.#context.allocate([size], usage);
    if (!buffer) throw new Error('No buffer was made.');
    if (old) {
      const encoder = this.#context.device.createCommandEncoder();
      encoder.copyBufferToBuffer(old, 0, buffer, 0, old.size);
      this.#context.device.queue.submit([encoder.finish()]);
      old.destroy();
    }
    this.#buffer = buffer;
  }
}

/** The values where they are, as what a queue takes. */
export function asBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Marks, four to a word. */
export function wholeWords(masks: Uint8Array): Uint8Array<ArrayBuffer> {
  if (masks.length % 4 === 0)
    return new Uint8Array(masks.buffer as ArrayBuffer, masks.byteOffset, masks.length);
  const padded = new Uint8Array(Math.ceil(masks.length / 4) * 4);
  padded.set(masks);
  return padded;
}
