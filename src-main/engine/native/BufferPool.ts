/** Bytes below which an array is left to the garbage collector: pooling it would cost more than it saves. */
const SMALLEST = 1024;

/**
 * Recycles array buffers, so that a training step does not ask the system for fresh, zeroed pages for every activation.
 * Sizes are rounded up to quarter powers of two (at most 25 % waste), which lets networks of different widths share
 * buffers. Idle buffers are bounded: past `limit` bytes those that were released first are dropped.
 */
export class BufferPool {
  readonly limit: number;
  // Insertion order is the order of release.
  readonly #idle = new Map<number, ArrayBuffer[]>();
  #idleBytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes of the buffers that wait for reuse. */
  get idleBytes(): number {
    return this.#idleBytes;
  }

  /** A buffer of at least `bytes` bytes with undefined content. */
  take(bytes: number): ArrayBuffer {
    const size = bucketSize(bytes);
    const waiting = this.#idle.get(size);
    const buffer = waiting?.pop();
    if (buffer === undefined) return new ArrayBuffer(size);
    this.#idleBytes -= size;
    return buffer;
  }

  /** Takes back a buffer that `take` gave and that nobody reads any more. */
  release(buffer: ArrayBuffer): void {
    const size = buffer.byteLength;
    if (size < SMALLEST || size > this.limit) return;
    const waiting = this.#idle.get(size);
    // A bucket that is used again moves to the end, so that what is dropped first is what is used least.
    if (waiting !== undefined) this.#idle.delete(size);
    this.#idle.set(size, waiting ?? []);
    this.#idle.get(size)?.push(buffer);
    this.#idleBytes += size;
    this.#shrink();
  }

  /** Drops all idle buffers. */
  clear(): void {
    this.#idle.clear();
    this.#idleBytes = 0;
  }

  #shrink(): void {
    for (const [size, waiting] of this.#idle) {
      while (this.#idleBytes > this.limit && waiting.length > 0) {
        waiting.shift();
        this.#idleBytes -= size;
      }
      if (waiting.length === 0) this.#idle.delete(size);
      if (this.#idleBytes <= this.limit) return;
    }
  }
}

/** Bytes of the buffer that serves a request: exact below 1 KiB, else the next quarter power of two. */
export function bucketSize(bytes: number): number {
  if (bytes < SMALLEST) return bytes;
  const quarter = 2 ** (Math.floor(Math.log2(bytes)) - 2);
  return Math.ceil(bytes / quarter) * quarter;
}
