import type { LayerDescription } from '#common/network/layerDescription.ts';
import { FOLD_WORDS, KEPT } from '../kernels/batchNorm.ts';
import type { FeatureMap } from './featureMap.ts';
import { type FusedLayer, fuseLayers } from './fuseLayers.ts';
import { GradientParts } from './gradientParts.ts';
import type { BatchShape } from './mapSizes.ts';
import { foldedNorms, placeMaps } from './placeMaps.ts';
import { type WeightPlaces, weightPlaces } from './weightPlaces.ts';

/** Floats of a folded channel: scale and shift. */
const FOLDED = 2;
/** All ones: no bias. */
const NONE = 0xffffffff;

/** What the parts of a plan are made from: fused layers, where everything lies, and what it needs of memory so far. */
export class PlanContext {
  readonly shape: BatchShape;
  readonly training: boolean;
  readonly layers: readonly FusedLayer[];
  readonly weights: WeightPlaces;
  readonly values: readonly FeatureMap[];
  readonly gradients: readonly (FeatureMap | null)[];
  /** For each layer, whether the batch norm that reads it is done in passing. */
  readonly folded: readonly boolean[];
  readonly parts = new GradientParts();
  readonly #needs = new Map<string, number>();
  readonly #folds: number[] = [];
  readonly #foldedAt = new Map<string, number>();
  readonly #keptAt: readonly number[];

  /** @throws Error that names the layer that does not fit the shape */
  constructor(table: readonly LayerDescription[], shape: BatchShape, training: boolean) {
    this.shape = shape;
    this.training = training;
    this.layers = fuseLayers(table);
    this.weights = weightPlaces(table);
    this.folded = training ? this.layers.map(() => false) : foldedNorms(this.layers);
    const maps = placeMaps(this.layers, shape, training, this.folded);
    this.values = maps.values;
    this.gradients = maps.gradients;
    let kept = 0;
    this.#keptAt = this.layers.map(({ layer }) => {
      const at = kept;
      if (layer.kind === 'batchNorm') kept += KEPT * layer.channels;
      return at;
    });
  }

  /** Asks for a buffer of at least so many floats. */
  need(buffer: string, floats: number): void {
    this.#needs.set(buffer, Math.max(floats, this.#needs.get(buffer) ?? 0));
  }

  get needs(): ReadonlyMap<string, number> {
    return this.#needs;
  }

  /** Where a batch norm keeps what its backward pass needs. */
  keptAt(place: number): number {
    return this.#keptAt[place] ?? 0;
  }

  /** Where scale and shift of a batch norm are; they are computed before anything else. */
  foldedAt(norm: LayerDescription): number {
    if (norm.kind !== 'batchNorm') throw new Error(`Layer ${norm.name} is no batch norm.`);
    const before = this.layers.find(({ layer }) => layer.name === norm.inputs[0]);
    const place = before ? this.layers.indexOf(before) : -1;
    const bias = before && this.folded[place] ? this.weights.at(before.layer, 'bias') : null;
    const epsilon = new Uint32Array(Float32Array.of(norm.epsilon).buffer)[0] ?? 0;
    const roles = ['gamma', 'beta', 'moving_mean', 'moving_variance'] as const;
    const places = roles.map((role) => this.weights.at(norm, role));
    const known = this.#foldedAt.get(norm.name);
    if (known !== undefined) return known;
    const first = (this.#folds.length / FOLD_WORDS) * FOLDED;
    for (let channel = 0; channel < norm.channels; channel++) {
      this.#folds.push(...places.map((at) => at + channel));
      this.#folds.push(bias === null ? NONE : bias + channel, epsilon, first + FOLDED * channel, 0);
    }
    this.#foldedAt.set(norm.name, first);
    this.need('folded', first + FOLDED * norm.channels);
    return first;
  }

  /** The table of FOLD_NORMS; empty where nothing is folded. */
  get folds(): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(this.#folds);
  }
}
