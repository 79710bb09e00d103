import type { DeviceId } from '#common/device/device.ts';
import type { SelfTest } from './selfTest.ts';
import type { OpenStep } from './trainingStep.ts';

/** A device to train and to predict on, from openEngine. Whoever computes on one holds it: there is no current device. */
export interface Engine {
  readonly id: DeviceId;
  /** For people: "CPU (native)". */
  readonly name: string;
  /** Stored with every run: "native 0.1.0 (avx512, 2 threads)". */
  readonly version: string;
  /** Set where what calls itself a card is computed by the processor: right, and far slower than the native engine. */
  readonly software?: boolean;
  /** Memory that the device has, in bytes; null where it does not tell. */
  readonly memoryBytes: number | null;
  /** Makes a network ready to be trained and to predict on this device: the only way to do either. */
  readonly openStep: OpenStep;
  /** Trains a small network a step and compares loss and gradients with another device's, anew each time. */
  selfTest(): Promise<SelfTest>;
}

export interface EngineOptions {
  /** Threads on the processor, 1 or more; as many as the machine has unless given. */
  readonly threads?: number | undefined;
}
