import { z } from 'zod';
import { type InspectedDevice, deviceIdSchema } from '#common/device/device.ts';
import { jobKind } from './jobKind.ts';

export const inspectDevicesKind = jobKind<readonly InspectedDevice[]>()({
  kind: 'inspect-devices',
  fields: { only: z.array(deviceIdSchema).optional() },
  paths: {},
  title: () => 'Inspect devices',
  lane: 'compute',
  reads: 'nothing',
  writes: false,
});
