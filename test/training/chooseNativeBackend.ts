import { setBackend } from '@tensorflow/tfjs-core';
import { NATIVE_BACKEND, registerNativeBackend } from '../../src-main/engine/native/registerNativeBackend.ts';

/** Real training is tested on the engine that does it in the product. */
export async function chooseNativeBackend(): Promise<void> {
  registerNativeBackend();
  await setBackend(NATIVE_BACKEND);
}
