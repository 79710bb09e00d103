import type { JobView } from '#contract/channels.ts';
import type { DeviceId, InspectedDevice } from '#common/device/device.ts';
import { faultyDevice } from '#common/device/faultyDevice.ts';

/**
 * The devices on which a job can go on that failed because of its own; none for other jobs.
 * @param usable devices that were found to be usable; empty while they have not been looked at, then only the processor counts
 */
export function otherDevices(
  { state, error, request }: JobView,
  usable: readonly Pick<InspectedDevice, 'id'>[],
): DeviceId[] {
  if (state !== 'failed' || !error || !request || !('device' in request)) return [];
  const faulty = faultyDevice(error);
  if (faulty === null) return [];
  const known: DeviceId[] = usable.length > 0 ? usable.map(({ id }) => id) : ['native'];
  return known.filter((id) => id !== faulty);
}
