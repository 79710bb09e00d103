import { cast, greaterEqual, mul, randomUniform, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/**
 * Dropout whose mask follows from a seed and the number of the training step, so that training can be repeated and
 * resumed exactly. (TensorFlow.js's own layer draws one mask for ever with a seed, and unrepeatable ones without.)
 * It is stored as a plain Keras "Dropout", which is what it is once training is over.
 */
export class SeededDropout extends layers.Layer {
  /** @nocollapse */
  static readonly className = 'Dropout';
  /** Number of the training step, set by whoever trains. */
  step = 0;
  readonly #rate: number;
  readonly #seed: number;

  constructor(name: string, rate: number, seed: number) {
    super({ name });
    this.#rate = rate;
    this.#seed = seed;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs];
    if (!input) throw new Error('Dropout takes one tensor.');
    if (!kwargs.training) return input;
    return tidy(() => {
      const seed = `${this.#seed}/${this.step}`;
      const kept = greaterEqual(randomUniform(input.shape, 0, 1, 'float32', seed), this.#rate);
      return mul(input, mul(cast(kept, 'float32'), 1 / (1 - this.#rate)));
    });
  }

  override computeOutputShape(inputShape: (number | null)[]): (number | null)[] {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), rate: this.#rate, noiseShape: null, seed: null };
  }
}
