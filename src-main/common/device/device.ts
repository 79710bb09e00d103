import { z } from 'zod';
import { failureSchema } from '../failures/failureSchema.ts';
import { type DeviceId, DEVICES } from './deviceIds.ts';

export { type DeviceId, DEVICES };

export const deviceIdSchema = z.enum(DEVICES);

/** What `ccnet devices` says of one device. */
export const inspectedDeviceSchema = z.object({
  id: deviceIdSchema,
  name: z.string(),
  usable: z.boolean(),
  /** Exact reason why not; null when usable. */
  failure: failureSchema.nullable(),
  selfTest: z.string().nullable(),
  /** Median milliseconds of one training step of the reference network, or null. */
  stepMs: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  /** Training steps of the networks that somebody is about to train, when he asked; null for what would take too long. */
  steps: z.array(z.object({ factor: z.number(), milliseconds: z.number().nullable() })).optional(),
});
export type InspectedDevice = z.infer<typeof inspectedDeviceSchema>;
/** One size of a network, timed. */
export type TimedSize = NonNullable<InspectedDevice['steps']>[number];
