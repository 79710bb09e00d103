import type { DeviceId } from '#common/device/device.ts';
import type { SelfTest } from './selfTest.ts';
import type { OpenStep } from './trainingStep.ts';

/** A device to train on, from openEngine. */
export interface Engine {
  readonly id: DeviceId;
  /** For people: "CPU (native)". */
  readonly name: string;
  /** Stored with every run: "native 0.1.0 (avx512, 2 threads)". */
  readonly version: string;
  /** Name of the TensorFlow.js backend that is now current in this process. */
  readonly backendName: string;
  /** Memory that the device has, in bytes; null where it does not tell. */
  readonly memoryBytes: number | null;
  /** The self-test that a device other than the native one passes before it is opened. */
  readonly selfTest?: SelfTest;
  /** Makes training steps on a device outside this process; null where the current backend is the device. */
  readonly openStep: OpenStep | null;
  /** Number of live tensors, and bytes held for tensors, idle buffers included. */
  memory(): { tensors: number; bytes: number };
  /** Median milliseconds of a training step of the reference network. */
  timeStep(): Promise<number>;
}

export interface EngineOptions {
  /** Threads on the processor, 1 or more; as many as the machine has unless given. */
  readonly threads?: number | undefined;
}
