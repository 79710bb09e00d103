import type { CropBatch } from '../trainingStep.ts';
import { type GpuContext, USAGE } from './gpuContext.ts';
import { type HeldImages, wholeWords } from './heldImages.ts';
import {
  CROP_EXTREMES,
  CROP_WORDS,
  CURVE_STEPS,
  CURVE_VALUES,
  CUT_CROPS,
  cutGroups,
} from './kernels/cutCrops.ts';
import type { Dispatch } from './plan/dispatch.ts';
import { ReadyPlan } from './readyPlan.ts';

const STORAGE = USAGE.storage | USAGE.copySource | USAGE.copyTarget;

/** Cuts the crops of one shape of batch out of held images, into the buffers that a step reads. */
export class CropCutter {
  readonly #context: GpuContext;
  readonly #held: HeldImages;
  readonly #targets: ReadonlyMap<'images' | 'masks', GPUBuffer>;
  readonly #own: readonly GPUBuffer[];
  #plan: ReadyPlan | null = null;
  /** The buffers of held images that the plan was made for. */
  #from: readonly GPUBuffer[] = [];

  /** @param size crops of a batch */
  static async make(
    context: GpuContext,
    held: HeldImages,
    size: number,
    targets: ReadonlyMap<'images' | 'masks', GPUBuffer>,
  ): Promise<CropCutter> {
    const sizes = [CROP_WORDS, 2, CURVE_VALUES].map((words) => 4 * size * words);
    return new CropCutter(context, held, targets, await context.allocate(sizes, STORAGE));
  }

  private constructor(
    context: GpuContext,
    held: HeldImages,
    targets: ReadonlyMap<'images' | 'masks', GPUBuffer>,
    own: readonly GPUBuffer[],
  ) {
    this.#context = context;
    this.#held = held;
    this.#targets = targets;
    this.#own = own;
  }

  /** Submits the cutting of a batch, of crops whose side is even; marks that come with it are sent. @throws Error when an image is not held */
  async cut(batch: CropBatch): Promise<void> {
    if (batch.side % 2 !== 0) throw new Error(`A crop of ${batch.side} pixels has no even side.`);
    const { device } = this.#context;
    const [crops, , curves] = this.#own;
    const marks = this.#targets.get('masks');
    if (!crops || !curves || !marks) throw new Error('No buffers were made.');
    const words = tableOf(batch, this.#held);
    const plan = await this.#ready(batch);
    device.queue.writeBuffer(crops, 0, words);
    device.queue.writeBuffer(curves, 0, curvesOf(batch));
    plan.submit(device);
    if (batch.masks) device.queue.writeBuffer(marks, 0, wholeWords(batch.masks));
  }

  dispose(): void {
    this.#plan?.dispose();
    for (const buffer of this.#own) buffer.destroy();
  }

  async #ready({ size, side, channels }: CropBatch): Promise<ReadyPlan> {
    const pages = this.#held.buffers;
    const same = pages.length === this.#from.length && pages.every((page, i) => page === this.#from[i]);
    if (this.#plan && same) return this.#plan;
    this.#plan?.dispose();
    this.#plan = null;
    // A batch may have crops of every page: the workgroups of a run whose crop lies in another end at once.
    const dispatches = pages.flatMap((_, page): Dispatch[] => {
      const shared = { parameters: { side, channels, page }, traffic: 0, products: 0 };
      return [
        {
          ...shared,
          name: 'crop extremes',
          kernel: CROP_EXTREMES,
          buffers: [`held ${page}`, 'crops', 'extremes'],
          groups: [size, 1, 1],
        },
        {
          ...shared,
          name: 'cut crops',
          kernel: CUT_CROPS,
          buffers: [`held ${page}`, 'crops', 'extremes', 'curves', 'images', 'masks'],
          groups: [cutGroups(side), size, 1],
        },
      ];
    });
    const buffers = new Map<string, GPUBuffer>([
      ...pages.map((buffer, page) => [`held ${page}`, buffer] as const),
      ...this.#targets,
    ]);
    for (const [index, name] of ['crops', 'extremes', 'curves'].entries()) {
      const own = this.#own[index];
      if (own) buffers.set(name, own);
    }
    const plan = { dispatches, buffers: new Map(), tables: new Map() };
    this.#plan = await ReadyPlan.make(this.#context, plan, buffers);
    this.#from = pages;
    return this.#plan;
  }
}

/** Crops as kernels/cutCrops.ts reads them. */
function tableOf({ crops }: CropBatch, held: HeldImages): Uint32Array<ArrayBuffer> {
  const table = new DataView(new ArrayBuffer(4 * CROP_WORDS * crops.length));
  for (const [slot, { sample, top, left, symmetry, jitter }] of crops.entries()) {
    const { page, imageAt, marksAt, width, height } = held.place(sample);
    const at = 4 * CROP_WORDS * slot;
    const words = [imageAt, marksAt, width, height, top, left, symmetry, Number(jitter !== null)];
    for (const [index, word] of words.entries()) table.setInt32(at + 4 * index, word, true);
    table.setFloat32(at + 32, jitter?.contrast ?? 1, true);
    table.setFloat32(at + 36, jitter?.brightness ?? 0, true);
    table.setUint32(at + 40, page, true);
  }
  return new Uint32Array(table.buffer);
}

function curvesOf({ crops }: CropBatch): Float32Array<ArrayBuffer> {
  const curves = new Float32Array(CURVE_VALUES * crops.length);
  for (const [slot, { jitter }] of crops.entries()) {
    if (!jitter) continue;
    for (let i = 0; i < CURVE_VALUES; i++)
      curves[slot * CURVE_VALUES + i] = Math.min(1, i / CURVE_STEPS) ** jitter.gamma;
  }
  return curves;
}
