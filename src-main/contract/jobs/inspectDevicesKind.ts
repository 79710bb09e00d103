import { z } from 'zod';
import { type InspectedDevice, deviceIdSchema } from '#common/device/device.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { trainingRecipeSchema } from '#common/training/training.ts';
import { jobKind } from './jobKind.ts';

export const inspectDevicesKind = jobKind<readonly InspectedDevice[]>()({
  kind: 'inspect-devices',
  fields: {
    only: z.array(deviceIdSchema).optional(),
    /** The networks that are about to be trained: their steps are timed on every usable device. */
    train: z
      .object({ networks: z.array(networkSpecSchema).min(1).max(64), recipe: trainingRecipeSchema })
      .optional(),
  },
  paths: {},
  title: () => 'Inspect devices',
  lane: 'compute',
  reads: 'nothing',
  writes: false,
});
