import type { Failure } from '../failures/failures.ts';
import type { DeviceId } from './deviceIds.ts';

/** The device that is to blame for a failure; null when none is. */
export function faultyDevice({ facts }: Failure): DeviceId | null {
  return 'device' in facts ? facts.device : null;
}
