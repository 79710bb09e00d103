import type { SampleSource } from '#common/dataset/dataset.ts';
import { asBytes } from './softMarks.ts';
import { standardise } from './standardise.ts';

/** A sample ready for the network: standardised image (channel-last) and 0/1 mask of height * width. */
export interface PreparedSample {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly image: Float32Array;
  readonly mask: Uint8Array;
  /** What a trained network says of every pixel: 0 background to 255 foreground; absent without one. */
  readonly teacher?: Uint8Array | undefined;
}

/** Whatever says of a standardised image how likely each pixel is foreground. */
export type Teacher = (sample: PreparedSample) => Promise<Float32Array>;

export const DEFAULT_CACHE_BYTES = 512 * 2 ** 20;
/** Share of it for validation images; the rest is for training images. */
export const VALIDATION_CACHE_SHARE = 0.25;

/**
 * Prepared samples of a source, the most recently used of which stay in memory up to a number of bytes. Equal requests
 * under way share one decode.
 */
export class SampleCache {
  readonly #source: SampleSource;
  readonly #limit: number;
  readonly #teacher: Teacher | undefined;
  readonly #kept = new Map<number, PreparedSample>();
  readonly #underWay = new Map<number, Promise<PreparedSample>>();
  #bytes = 0;

  constructor(source: SampleSource, limit: number = DEFAULT_CACHE_BYTES, teacher?: Teacher) {
    this.#source = source;
    this.#limit = limit;
    this.#teacher = teacher;
  }

  get length(): number {
    return this.#source.length;
  }

  get channels(): number {
    return this.#source.channels;
  }

  /** Bytes of pixels held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws what the source throws when the file cannot be read. */
  async load(index: number, signal?: AbortSignal): Promise<PreparedSample> {
    const kept = this.#kept.get(index);
    if (kept) {
      // Maps keep the order of insertion: the first key is the least recently used.
      this.#kept.delete(index);
      this.#kept.set(index, kept);
      return kept;
    }
    const underWay = this.#underWay.get(index) ?? this.#read(index, signal);
    this.#underWay.set(index, underWay);
    try {
      return await underWay;
    } finally {
      this.#underWay.delete(index);
    }
  }

  async #read(index: number, signal?: AbortSignal): Promise<PreparedSample> {
    const { name, width, height, channels, image, mask } = await this.#source.load(index, signal);
    const prepared = { name, width, height, channels, image: standardise(image, channels), mask };
    const teacher = this.#teacher && asBytes(await this.#teacher(prepared));
    const sample: PreparedSample = { ...prepared, teacher };
    this.#kept.set(index, sample);
    this.#bytes += byteSize(sample);
    for (const [oldest, evicted] of this.#kept) {
      if (this.#bytes <= this.#limit) break;
      this.#kept.delete(oldest);
      this.#bytes -= byteSize(evicted);
    }
    return sample;
  }
}

function byteSize(sample: PreparedSample): number {
  return sample.image.byteLength + sample.mask.byteLength + (sample.teacher?.byteLength ?? 0);
}
