import type { Kernel } from '../kernels/kernel.ts';

/** One run of a kernel. */
export interface Dispatch {
  /** For people: "down1_conv1, forward". */
  readonly name: string;
  readonly kernel: Kernel;
  /** In the order of the kernel's. */
  readonly buffers: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly groups: readonly [x: number, y: number, z: number];
  /** Floats that it takes from memory and puts there, each counted once. */
  readonly traffic: number;
  /** Multiply-adds that it does of necessity. */
  readonly products: number;
}

/** Buffers that outlive a plan, or that the host fills and reads. */
export const SHARED_BUFFERS = ['weights', 'first', 'second', 'step', 'images', 'masks', 'loss'] as const;

/** Floats of the buffers that a plan has of its own, and what it runs, in order. */
export interface GpuPlan {
  readonly dispatches: readonly Dispatch[];
  readonly buffers: ReadonlyMap<string, number>;
  /** Tables that are written once: words. */
  readonly tables: ReadonlyMap<string, Uint32Array<ArrayBuffer>>;
}
