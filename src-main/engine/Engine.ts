import type { DeviceId } from '../contract/device.ts';

/** The device that TensorFlow.js computes on, from openEngine. */
export interface Engine {
  readonly id: DeviceId;
  /** For people: "CPU (native)". */
  readonly name: string;
  /** Stored with every run: "native 0.1.0 (avx512, 2 threads)". */
  readonly version: string;
  /** Name of the TensorFlow.js backend that is now current. */
  readonly backendName: string;
  /** Number of live tensors, and bytes held for tensors, idle buffers included. */
  memory(): { tensors: number; bytes: number };
}

export interface EngineOptions {
  /** Threads of the native engine, 1 or more; as many as the machine has unless given. */
  readonly threads?: number | undefined;
}
