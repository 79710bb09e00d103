import type { LayerDescription } from '#common/network/layerDescription.ts';
import { matchWeights } from '#common/network/matchWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { matchMoments } from '../matchMoments.ts';
import type { Batch, CropBatch, SampleHolder, StepOrder, TrainingStep } from '../trainingStep.ts';
import { CropCutter } from './cropCutter.ts';
import { type GpuContext, USAGE } from './gpuContext.ts';
import { asBytes, HeldImages, type HoldingLimits, wholeWords } from './heldImages.ts';
import { InTurn } from './inTurn.ts';
import type { BatchShape } from './plan/mapSizes.ts';
import { planInference, planTraining } from './plan/planGpu.ts';
import { type WeightPlace, weightPlaces, type WeightPlaces } from './plan/weightPlaces.ts';
import { ReadyPlan } from './readyPlan.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
/** Plans of the last two image sizes are kept for inference, as the native engine does. */
const KEPT_PLANS = 2;
const STORAGE = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
/** Words of what changes from step to step: learning rate, Adam's two corrections, seed of the dropout masks. */
const STEP_WORDS = 4;

/** A plan for one shape, with the buffers that the host fills and reads. */
interface ShapedPlan extends BatchShape {
  readonly plan: ReadyPlan;
  readonly own: readonly GPUBuffer[];
}

/** A plan of a step, and what cuts its batches once it is asked to. */
interface TrainingPlan extends ShapedPlan {
  cutter: CropCutter | null;
}

/**
 * A training step compiled for WebGPU. Weights, moments and all that is computed stay on the device; a step is one command buffer, whose
 * loss is read when the device has come to it: the next step may be submitted before. Knows neither Node nor a page.
 */
export class GpuStep implements TrainingStep {
  readonly implementation = 'webgpu';
  readonly #context: GpuContext;
  readonly #layers: readonly LayerDescription[];
  readonly #foregroundWeight: number;
  readonly #seed: number;
  readonly #places: WeightPlaces;
  readonly #shared: ReadonlyMap<'weights' | 'first' | 'second' | 'step', GPUBuffer>;
  /** Buffers from which losses are read, free ones. */
  readonly #readers: GPUBuffer[] = [];
  readonly #inTurn = new InTurn();
  readonly #held: HeldImages;
  #training: TrainingPlan | null = null;
  #inference: ShapedPlan[] = [];
  #steps = 0;

  /**
   * @param holding how many images it may hold; the usual limits if absent
   * @throws other-weights; Error when the device's memory does not suffice.
   */
  static async open(context: GpuContext, order: StepOrder, holding?: HoldingLimits): Promise<GpuStep> {
    const places = weightPlaces(order.layers);
    const values = matchWeights(places.all, order.weights);
    const sizes = [places.size, places.trainable, places.trainable, STEP_WORDS].map((floats) => 4 * floats);
    const buffers = await context.allocate(sizes, STORAGE);
    const step = new GpuStep(context, order, places, buffers, holding);
    step.#writeWeights(values);
    return step;
  }

  private constructor(
    context: GpuContext,
    { layers, loss, seed }: StepOrder,
    places: WeightPlaces,
    [weights, first, second, step]: readonly GPUBuffer[],
    holding: HoldingLimits | undefined,
  ) {
    if (!weights || !first || !second || !step) throw new Error('No buffers were made.');
    this.#context = context;
    this.#held = new HeldImages(context, holding);
    this.#layers = layers;
    this.#foregroundWeight = loss.foregroundWeight;
    this.#seed = seed;
    this.#places = places;
    this.#shared = new Map([
      ['weights', weights],
      ['first', first],
      ['second', second],
      ['step', step],
    ]);
  }

  readonly holder: SampleHolder = {
    hold: (index, sample) =>
      this.#inTurn.start(async () => {
        this.#context.check();
        const taken = await this.#held.hold(index, sample);
        return () => Promise.resolve(taken);
      }),
    runCrops: (batch, learningRate) =>
      this.#inTurn.start(async () => {
        const { side, size, channels } = batch;
        const training = await this.#planTraining({ size, height: side, width: side }, channels);
        await this.#cut(training, batch);
        return this.#submit(training, learningRate);
      }),
  };

  run(batch: Batch, learningRate: number): Promise<number> {
    return this.#inTurn.start(async () => {
      const training = await this.#planTraining(batch, batch.channels);
      const [images, masks] = training.own;
      if (!images || !masks) throw new Error('No buffers were made.');
      const { queue } = this.#context.device;
      queue.writeBuffer(images, 0, asBytes(batch.images));
      queue.writeBuffer(masks, 0, wholeWords(batch.masks));
      return this.#submit(training, learningRate);
    });
  }

  predict(images: Float32Array, size: number, height: number, width: number): Promise<Float32Array> {
    return this.#inTurn.start(async () => {
      const { plan, own } = await this.#planInference({ size, height, width }, images.length);
      this.#context.check();
      const { device } = this.#context;
      const [pixels] = own;
      if (!pixels) throw new Error('No buffers were made.');
      device.queue.writeBuffer(pixels, 0, asBytes(images));
      plan.submit(device);
      const bytes = await this.#context.read(plan.buffer('probabilities'), 4 * size * height * width);
      return () => Promise.resolve(new Float32Array(bytes));
    });
  }

  weights(): Promise<NamedTensor[]> {
    return this.#inTurn.start(async () => {
      const values = await this.#read('weights', this.#places.size);
      return () => Promise.resolve(this.#places.all.map((place) => tensor(place, values)));
    });
  }

  setWeights(weights: readonly NamedTensor[]): Promise<void> {
    return this.#inTurn.start(async () => {
      this.#context.check();
      this.#writeWeights(matchWeights(this.#places.all, weights));
      return () => Promise.resolve();
    });
  }

  optimizer(): Promise<NamedTensor[]> {
    return this.#inTurn.start(async () => {
      const first = await this.#read('first', this.#places.trainable);
      const second = await this.#read('second', this.#places.trainable);
      const moments = this.#trainable().flatMap((place) => [
        { ...tensor(place, first), name: `${place.name}/m` },
        { ...tensor(place, second), name: `${place.name}/v` },
      ]);
      const step = { name: 'step', shape: [], data: Float32Array.of(this.#steps) };
      return () => Promise.resolve([...moments, step]);
    });
  }

  /** @throws Error when a moment is missing or has another size. */
  setOptimizer(state: readonly NamedTensor[]): Promise<void> {
    return this.#inTurn.start(async () => {
      this.#context.check();
      const trainable = this.#trainable();
      const { steps, moments } = matchMoments(
        trainable.map(({ name }) => name),
        state,
      );
      const first = new Float32Array(this.#places.trainable);
      const second = new Float32Array(this.#places.trainable);
      for (const [index, { name, at, size }] of trainable.entries()) {
        const [one, two] = moments[index] ?? [];
        if (one?.length !== size || two?.length !== size)
          throw new Error(`The moments of ${name} are of another size.`);
        first.set(one, at);
        second.set(two, at);
      }
      this.#context.device.queue.writeBuffer(this.#buffer('first'), 0, first);
      this.#context.device.queue.writeBuffer(this.#buffer('second'), 0, second);
      this.#steps = steps;
      return () => Promise.resolve();
    });
  }

  /** After what was asked before. */
  dispose(): Promise<void> {
    return this.#inTurn.start(async () => {
      for (const shaped of [this.#training, ...this.#inference]) if (shaped) discard(shaped);
      this.#held.dispose();
      for (const buffer of [...this.#shared.values(), ...this.#readers]) buffer.destroy();
      return () => Promise.resolve();
    });
  }

  /** Submits a step on the images and masks that are in its buffers. @returns what waits for its loss */
  #submit({ plan, own }: TrainingPlan, learningRate: number): () => Promise<number> {
    this.#context.check();
    const { device } = this.#context;
    const [, , loss] = own;
    if (!loss) throw new Error('No buffers were made.');
    device.queue.writeBuffer(this.#buffer('step'), 0, this.#stepWords(learningRate));
    const reader =
      this.#readers.pop() ?? device.createBuffer({ size: 4, usage: USAGE.mapRead | USAGE.copyTarget });
    plan.submit(device, (encoder) => encoder.copyBufferToBuffer(loss, 0, reader, 0, 4));
    this.#steps += 1;
    return async () => {
      const value = await this.#context.mapped(reader, (range) => new Float32Array(range)[0]);
      this.#readers.push(reader);
      return value ?? Number.NaN;
    };
  }

  async #cut(training: TrainingPlan, batch: CropBatch): Promise<void> {
    const [images, masks] = training.own;
    if (!images || !masks) throw new Error('No buffers were made.');
    training.cutter ??= await CropCutter.make(
      this.#context,
      this.#held,
      batch.size,
      new Map([
        ['images', images],
        ['masks', masks],
      ]),
    );
    await training.cutter.cut(batch);
  }

  async #planTraining({ size, height, width }: BatchShape, channels: number): Promise<TrainingPlan> {
    this.#context.check();
    const shape = { size, height, width };
    if (this.#training && fits(this.#training, shape)) return this.#training;
    // Its memory is wanted for the new one.
    if (this.#training) discard(this.#training);
    this.#training = null;
    const plan = planTraining(this.#layers, shape, this.#foregroundWeight);
    const pixels = size * height * width;
    const own = await this.#context.allocate([4 * pixels * channels, pixels, 4], STORAGE);
    const ready = await this.#ready(plan, ['images', 'masks', 'loss'], own);
    this.#training = { ...shape, own, plan: ready, cutter: null };
    return this.#training;
  }

  async #planInference(shape: BatchShape, floats: number): Promise<ShapedPlan> {
    const known = this.#inference.find((plan) => fits(plan, shape));
    if (known) {
      this.#inference = [known, ...this.#inference.filter((other) => other !== known)];
      return known;
    }
    for (const old of this.#inference.splice(KEPT_PLANS - 1)) discard(old);
    const plan = planInference(this.#layers, shape);
    const own = await this.#context.allocate([4 * floats], STORAGE);
    const made = { ...shape, own, plan: await this.#ready(plan, ['images'], own) };
    this.#inference.unshift(made);
    return made;
  }

  async #ready(
    plan: Parameters<typeof ReadyPlan.make>[1],
    names: readonly string[],
    own: readonly GPUBuffer[],
  ): Promise<ReadyPlan> {
    const shared = new Map<string, GPUBuffer>(this.#shared);
    for (const [index, name] of names.entries()) {
      const buffer = own[index];
      if (buffer) shared.set(name, buffer);
    }
    try {
      return await ReadyPlan.make(this.#context, plan, shared);
    } catch (error) {
      for (const buffer of own) buffer.destroy();
      throw error;
    }
  }

  #buffer(name: 'weights' | 'first' | 'second' | 'step'): GPUBuffer {
    const buffer = this.#shared.get(name);
    if (!buffer) throw new Error(`There is no buffer ${name}.`);
    return buffer;
  }

  async #read(name: 'weights' | 'first' | 'second', floats: number): Promise<Float32Array> {
    return new Float32Array(await this.#context.read(this.#buffer(name), 4 * floats));
  }

  #trainable(): readonly WeightPlace[] {
    return this.#places.all.filter(({ trainable }) => trainable);
  }

  #writeWeights(values: readonly Float32Array[]): void {
    const all = new Float32Array(this.#places.size);
    for (const [index, { at }] of this.#places.all.entries()) all.set(values[index] ?? [], at);
    this.#context.device.queue.writeBuffer(this.#buffer('weights'), 0, all);
  }

  #stepWords(learningRate: number): Uint32Array<ArrayBuffer> {
    const steps = this.#steps + 1;
    const floats = Float32Array.of(learningRate, 1 - BETA1 ** steps, 1 - BETA2 ** steps, 0);
    const words = new Uint32Array(floats.buffer);
    words[3] = (Math.imul(this.#seed, 0x9e3779b1) ^ this.#steps) >>> 0;
    return words;
  }
}

function fits(plan: BatchShape, { size, height, width }: BatchShape): boolean {
  return plan.size === size && plan.height === height && plan.width === width;
}

function discard({ plan, own, cutter }: ShapedPlan & Partial<TrainingPlan>): void {
  plan.dispose();
  cutter?.dispose();
  for (const buffer of own) buffer.destroy();
}

function tensor({ name, shape, at, size }: WeightPlace, values: Float32Array): NamedTensor {
  return { name, shape, data: values.slice(at, at + size) };
}
