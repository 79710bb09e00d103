/** How each backend that can be judged is registered; loaded on demand, since some are optional packages. */
const REGISTER: Readonly<Record<string, () => Promise<unknown>>> = {
  native: async () =>
    (await import('../../../src-main/engine/native/registerNativeBackend.ts')).registerNativeBackend(),
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  tensorflow: async () =>
    (await import('../../../src-main/engine/tensorflow/loadTensorflow.ts')).loadTensorflow(),
};

/**
 * Registers a backend with TensorFlow.js by the name that `--backend` gives it.
 * @throws Error when the name is unknown or the backend's package does not load.
 */
export async function registerBackend(name: string): Promise<void> {
  const register = REGISTER[name];
  if (register === undefined) {
    throw new Error(
      `No backend "${name}" is known here. Choose one of: ${Object.keys(REGISTER).join(', ')}.`,
    );
  }
  await register();
}
