import { type GpuContext, USAGE } from './gpuContext.ts';
import { parameterWords } from './kernels/kernel.ts';
import type { GpuPlan } from './plan/dispatch.ts';
import { placeBuffers } from './plan/placeBuffers.ts';

/**
 * Multiply-adds of one command buffer, at least one dispatch. A step of a wide network on a slow card is cut into several: systems
 * take a card from a program that holds it for two seconds, and the screen waits for it meanwhile.
 */
const MOST_PRODUCTS = 100e9;
/** Where the uniform buffers of two dispatches may begin, on every device. */
const ALIGNMENT = 256;

interface Run {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [number, number, number];
  readonly products: number;
}

/** A plan with its buffers and pipelines, ready to be run as often as one likes. */
export class ReadyPlan {
  readonly #runs: readonly Run[];
  readonly #buffers: readonly GPUBuffer[];
  readonly #byName: ReadonlyMap<string, GPUBuffer>;

  /**
   * @param shared buffers that are not the plan's own, by their names
   * @throws Error when the memory does not suffice, or a kernel does not compile on this device
   */
  static async make(
    context: GpuContext,
    plan: GpuPlan,
    shared: ReadonlyMap<string, GPUBuffer>,
  ): Promise<ReadyPlan> {
    const { device } = context;
    const { sizes, of } = placeBuffers(plan, new Set(shared.keys()));
    const own = await context.allocate(sizes, USAGE.storage | USAGE.copySource | USAGE.copyTarget);
    const compiled = await Promise.all(plan.dispatches.map(({ kernel }) => context.pipeline(kernel))).catch(
      (error: unknown) => {
        for (const buffer of own) buffer.destroy();
        throw error;
      },
    );
    const words = new Uint32Array((plan.dispatches.length * ALIGNMENT) / 4);
    for (const [index, { kernel, parameters }] of plan.dispatches.entries())
      words.set(parameterWords(kernel, parameters), (index * ALIGNMENT) / 4);
    const uniforms = device.createBuffer({
      label: 'parameters',
      size: words.byteLength,
      usage: USAGE.uniform | USAGE.copyTarget,
    });
    device.queue.writeBuffer(uniforms, 0, words);
    const byName = new Map(shared);
    for (const [name, index] of of) {
      const buffer = own[index];
      if (buffer) byName.set(name, buffer);
    }
    for (const [name, table] of plan.tables) device.queue.writeBuffer(find(byName, name), 0, table);
    const runs = plan.dispatches.map(({ name, kernel, buffers, groups, products }, index): Run => {
      const pipeline = compiled[index];
      if (!pipeline) throw new Error(`Kernel ${kernel.label} was not compiled.`);
      const size = 4 * Object.keys(kernel.parameters).length;
      const entries: GPUBindGroupEntry[] = [
        { binding: 0, resource: { buffer: uniforms, offset: index * ALIGNMENT, size } },
        ...buffers.map((buffer, binding) => ({
          binding: binding + 1,
          resource: { buffer: find(byName, buffer) },
        })),
      ];
      const layout = pipeline.getBindGroupLayout(0);
      return {
        pipeline,
        bindings: device.createBindGroup({ label: name, layout, entries }),
        groups,
        products,
      };
    });
    return new ReadyPlan(runs, [...own, uniforms], byName);
  }

  private constructor(
    runs: readonly Run[],
    buffers: readonly GPUBuffer[],
    byName: ReadonlyMap<string, GPUBuffer>,
  ) {
    this.#runs = runs;
    this.#buffers = buffers;
    this.#byName = byName;
  }

  /** @throws Error when the plan has no buffer of this name */
  buffer(name: string): GPUBuffer {
    return find(this.#byName, name);
  }

  /**
   * Everything, in one command buffer where it is not too much.
   * @param finish adds to the last one
   */
  submit(device: GPUDevice, finish: (encoder: GPUCommandEncoder) => void = () => undefined): void {
    const commands: GPUCommandBuffer[] = [];
    for (let first = 0; first < this.#runs.length;) {
      const encoder = device.createCommandEncoder();
      first = this.#encode(encoder, first);
      if (first === this.#runs.length) finish(encoder);
      commands.push(encoder.finish());
    }
    for (const command of commands) device.queue.submit([command]);
  }

  /** One pass. @returns the first dispatch that is left for the next */
  #encode(encoder: GPUCommandEncoder, first: number): number {
    const pass = encoder.beginComputePass();
    let pipeline: GPUComputePipeline | null = null;
    let products = 0;
    let next = first;
    for (const run of this.#runs.slice(first)) {
      products += run.products;
      if (next > first && products > MOST_PRODUCTS) break;
      if (run.pipeline !== pipeline) pass.setPipeline(run.pipeline);
      pipeline = run.pipeline;
      pass.setBindGroup(0, run.bindings);
      pass.dispatchWorkgroups(...run.groups);
      next += 1;
    }
    pass.end();
    return next;
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }
}

function find(buffers: ReadonlyMap<string, GPUBuffer>, name: string): GPUBuffer {
  const buffer = buffers.get(name);
  if (!buffer) throw new Error(`There is no buffer ${name}.`);
  return buffer;
}
