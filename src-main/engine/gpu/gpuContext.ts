import { type Kernel, shaderText } from './kernels/kernel.ts';

/** What a buffer may be used for; the numbers of WebGPU, whose names not every host has as globals. */
export const USAGE = {
  mapRead: 0x1,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
} as const;
/** To be mapped for reading. */
const MAP_READ = 1;

/** A device of WebGPU, its pipelines, and what has gone wrong with it. One serves all steps of a process. */
export class GpuContext {
  readonly device: GPUDevice;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  #failure: Error | null = null;

  /**
   * Asks an adapter for a device with the largest buffers that it has.
   * @param onLost called once, with the reason, when the device is lost or fails: a driver restart, an unplugged card, no memory
   */
  static async open(adapter: GPUAdapter, onLost: (reason: string) => void = () => {}): Promise<GpuContext> {
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({
      label: 'CC-Net',
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    return new GpuContext(device, onLost);
  }

  private constructor(device: GPUDevice, onLost: (reason: string) => void) {
    this.device = device;
    const fail = (reason: string): void => {
      if (this.#failure) return;
      this.#failure = new Error(reason);
      onLost(reason);
    };
    void device.lost.then(({ message, reason }) => fail(message || reason));
    // What is computed after an error that nobody waited for is worth nothing.
    device.addEventListener('uncapturederror', ({ error }) => fail(error.message));
  }

  /** @throws Error with the reason once the device has failed */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  /** The compiled kernel; kernels of one label are compiled once. */
  pipeline(kernel: Kernel): Promise<GPUComputePipeline> {
    const known = this.#pipelines.get(kernel.label);
    if (known) return known;
    const { device } = this;
    const { label } = kernel;
    const module = device.createShaderModule({ label, code: shaderText(kernel) });
    const made = device.createComputePipelineAsync({
      label,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    this.#pipelines.set(label, made);
    return made;
  }

  /**
   * Buffers of these sizes in bytes, full of zeros: all of them, or none.
   * @throws Error when the device cannot bind one of them or has not enough memory
   */
  async allocate(sizes: readonly number[], usage: number): Promise<GPUBuffer[]> {
    this.check();
    const { device } = this;
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    const largest = Math.max(0, ...sizes);
    if (largest > most)
      throw new Error(
        `out of memory: one feature map takes ${megabytes(largest)}, and this device takes at most ${megabytes(most)} at a time.`,
      );
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const buffers = sizes.map((size) => device.createBuffer({ size: roundUp(size), usage }));
    const errors = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const error = errors.find((found) => found !== null);
    if (!error) return buffers;
    for (const buffer of buffers) buffer.destroy();
    const total = sizes.reduce((sum, size) => sum + size, 0);
    throw new Error(`out of memory: ${megabytes(total)} were asked for (${error.message}).`);
  }

  /** Copies `bytes` of a buffer to the processor, after all that was submitted before. */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    this.check();
    const size = roundUp(bytes);
    const [staging] = await this.allocate([size], USAGE.mapRead | USAGE.copyTarget);
    if (!staging) throw new Error('No buffer was made.');
    try {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
      this.device.queue.submit([encoder.finish()]);
      return await this.mapped(staging, (range) => range.slice(0, bytes));
    } finally {
      staging.destroy();
    }
  }

  /** What `take` makes of the content of a buffer that can be mapped, when the device has come to it. */
  async mapped<Result>(staging: GPUBuffer, take: (range: ArrayBuffer) => Result): Promise<Result> {
    try {
      await staging.mapAsync(MAP_READ);
    } catch (error) {
      // A device that is lost says why elsewhere, and a little later.
      await Promise.resolve();
      this.check();
      throw error;
    }
    this.check();
    const result = take(staging.getMappedRange());
    staging.unmap();
    return result;
  }
}

/** Buffers are copied and written in words of four bytes. */
function roundUp(bytes: number): number {
  return Math.max(4, Math.ceil(bytes / 4) * 4);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}
