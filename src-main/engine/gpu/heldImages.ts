import { type HeldSample, MOST_HELD_BYTES } from '../trainingStep.ts';
import { type GpuContext, USAGE } from './gpuContext.ts';

/** Where a held image lies: in which page, and where in it, in words. */
export interface HeldPlace {
  readonly page: number;
  readonly imageAt: number;
  readonly marksAt: number;
  readonly width: number;
  readonly height: number;
}

/** How much may be held, in bytes. */
export interface HoldingLimits {
  /** Of one buffer; an image that needs more gets one of its own, where the device can bind it. */
  readonly page: number;
  /** Of all of them. */
  readonly most: number;
}

/** Of a page: what every card can bind. */
export const HELD_PAGE_BYTES = 2 ** 27;
const LIMITS: HoldingLimits = { page: HELD_PAGE_BYTES, most: MOST_HELD_BYTES };
/** A page at first; doubled whenever that does not suffice. */
const FIRST_BYTES = 2 ** 22;

interface Page {
  readonly buffer: GPUBuffer;
  readonly words: number;
}

/** Images and their marks on the card, one after the other, in as many buffers as they need. */
export class HeldImages {
  readonly #context: GpuContext;
  readonly #limits: HoldingLimits;
  readonly #places = new Map<number, HeldPlace>();
  #pages: readonly Page[] = [];

  constructor(context: GpuContext, limits: HoldingLimits = LIMITS) {
    this.#context = context;
    this.#limits = limits;
  }

  /** The buffers of all of them; others after `hold` has needed more room. */
  get buffers(): readonly GPUBuffer[] {
    return this.#pages.map(({ buffer }) => buffer);
  }

  /** @throws Error when no image of this index is held */
  place(index: number): HeldPlace {
    const place = this.#places.get(index);
    if (!place) throw new Error(`Image ${index} is not held.`);
    return place;
  }

  /**
   * Takes an image, if there is room for it.
   * @returns false where there is none: by the limits, or in the card's memory; what was held before stays
   * @throws Error when the device has failed
   */
  async hold(index: number, { image, mask, width, height }: HeldSample): Promise<boolean> {
    const words = image.length + Math.ceil(mask.length / 4);
    const page = await this.#reach(words);
    const found = page === null ? undefined : this.#pages[page];
    if (page === null || !found) return false;
    const imageAt = found.words;
    const marksAt = imageAt + image.length;
    const { queue } = this.#context.device;
    queue.writeBuffer(found.buffer, 4 * imageAt, asBytes(image));
    queue.writeBuffer(found.buffer, 4 * marksAt, wholeWords(mask));
    this.#places.set(index, { page, imageAt, marksAt, width, height });
    this.#replace(page, { ...found, words: imageAt + words });
    return true;
  }

  dispose(): void {
    for (const { buffer } of this.#pages) buffer.destroy();
  }

  /** The page with room for so many more words, larger than before or new where needed; null where there may be none. */
  async #reach(words: number): Promise<number | null> {
    const last = this.#pages.length - 1;
    const page = this.#pages[last];
    const { device } = this.#context;
    const bindable = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    const most = Math.min(this.#limits.page, bindable);
    const fits = page !== undefined && 4 * (page.words + words) <= most;
    const needed = 4 * (fits ? page.words + words : words);
    if (fits && page.buffer.size >= needed) return last;
    if (needed > bindable) return null;
    const before = fits ? page : null;
    const others = this.#bytes() - (before?.buffer.size ?? 0);
    const room = this.#limits.most - others;
    if (needed > room) return null;
    const size = Math.max(needed, Math.min(before ? 2 * before.buffer.size : FIRST_BYTES, most, room));
    const buffer = await this.#allocate(size);
    if (!buffer) return null;
    if (!before) {
      this.#pages = [...this.#pages, { buffer, words: 0 }];
      return last + 1;
    }
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(before.buffer, 0, buffer, 0, before.buffer.size);
    device.queue.submit([encoder.finish()]);
    before.buffer.destroy();
    this.#replace(last, { ...before, buffer });
    return last;
  }

  /** Null when the card's memory does not suffice: what it does not hold is cut by the processor. */
  async #allocate(bytes: number): Promise<GPUBuffer | null> {
    try {
      const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
      return (await this.#context.allocate([bytes], usage))[0] ?? null;
    } catch {
      this.#context.check();
      return null;
    }
  }

  #bytes(): number {
    return this.#pages.reduce((sum, { buffer }) => sum + buffer.size, 0);
  }

  #replace(index: number, page: Page): void {
    this.#pages = this.#pages.map((other, i) => (i === index ? page : other));
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
