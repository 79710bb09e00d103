import type { DeviceId } from '../contract/device.ts';
import type { SelfTest } from './selfTest.ts';

/** The device that TensorFlow.js computes on, from openEngine. */
export interface Engine {
  readonly id: DeviceId;
  /** For people: "CPU (native)". */
  readonly name: string;
  /** Stored with every run: "native 0.1.0 (avx512, 2 threads)". */
  readonly version: string;
  /** Name of the TensorFlow.js backend that is now current. */
  readonly backendName: string;
  /** Memory that the device has, in bytes; null where it does not tell. */
  readonly memoryBytes: number | null;
  /** The self-test that a device other than the native one passes before it is opened. */
  readonly selfTest?: SelfTest;
  /** Number of live tensors, and bytes held for tensors, idle buffers included. */
  memory(): { tensors: number; bytes: number };
}

export interface EngineOptions {
  /** Threads on the processor, 1 or more; as many as the machine has unless given. */
  readonly threads?: number | undefined;
}
