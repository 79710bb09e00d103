import { CcnetError, reasonOf } from '#common/errors.ts';
import { DeviceFailedError } from '../engine/DeviceFailedError.ts';
import type { Engine } from '../engine/Engine.ts';

/**
 * Tells a device that has begun to compute wrongly from a training that diverged, when a loss is no number: the device repeats
 * its self-test.
 * @throws DeviceFailedError when it does not pass any more
 */
export async function requireSoundDevice(engine: Engine): Promise<void> {
  const reason = await engine.selfTest().then(
    ({ passed, text }) => (passed ? null : text),
    (cause: unknown) => {
      if (cause instanceof CcnetError) throw cause;
      return reasonOf(cause);
    },
  );
  if (reason !== null) {
    throw new DeviceFailedError(
      engine.id,
      `a loss was no number, and then the self-test went wrong (${reason}).`,
    );
  }
}
