/**
 * xoshiro128** (Blackman & Vigna 2018) with its state as four plain numbers, so that a checkpoint can hold it and
 * training resumes with the very numbers that would have come next.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** @param state four 32-bit words, not all zero, as `state()` gave them */
  constructor(state: readonly number[]) {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    if ((a | b | c | d) === 0)
      throw new RangeError('The state of the random generator must not be all zero.');
    [this.#a, this.#b, this.#c, this.#d] = [a | 0, b | 0, c | 0, d | 0];
  }

  /** A generator whose state is spread from a whole number by splitmix32. */
  static fromSeed(seed: number): Random {
    let counter = seed | 0;
    const word = () => {
      counter = (counter + 0x9e3779b9) | 0;
      let z = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    return new Random([word(), word(), word(), word()]);
  }

  /** The four words from which an equal generator can be made. */
  state(): number[] {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }

  /** A whole number in [0, 2^32). */
  word(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result >>> 0;
  }

  /** A number in [0, 1). */
  uniform(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
