import type { LayerNode } from '../layerGraph.ts';
import { UnsupportedLayerError } from './unsupportedLayerError.ts';

/** Typed access to a layer's Keras configuration; every method throws an UnsupportedLayerError that names the layer. */
export class LayerConfig {
  readonly #node: LayerNode;

  constructor(node: LayerNode) {
    this.#node = node;
  }

  reject(reason: string): never {
    throw new UnsupportedLayerError(this.#node.name, reason);
  }

  number(key: string): number {
    const value = this.#node.config[key];
    return typeof value === 'number' ? value : this.reject(`its ${key} is ${JSON.stringify(value)}`);
  }

  /** A pair of equal numbers, or one number. */
  square(key: string): number {
    const value = this.#node.config[key];
    const [first, second] = Array.isArray(value) ? (value as unknown[]) : [value, value];
    return typeof first === 'number' && first === second
      ? first
      : this.reject(`its ${key} is ${JSON.stringify(value)}, not square`);
  }

  /** Rejects the layer unless the setting is absent or one of those given. */
  expect(key: string, ...allowed: readonly unknown[]): void {
    const value = this.#node.config[key];
    if (value === undefined || value === null || allowed.includes(value)) return;
    this.reject(`its ${key} is ${JSON.stringify(value)}`);
  }

  /** The activation: linear or ReLU. @returns whether it is ReLU. */
  relu(): boolean {
    this.expect('activation', 'linear', 'relu');
    return this.#node.config['activation'] === 'relu';
  }

  /** Rejects what would change the loss or the weights behind the step's back. */
  plainWeights(): void {
    if (this.#node.config['trainable'] === false) this.reject('it is frozen');
    for (const [key, value] of Object.entries(this.#node.config)) {
      if (value !== null && /_(regularizer|constraint)$/.test(key)) this.reject(`it has a ${key}`);
    }
  }
}
