import { z } from 'zod';
import { factorSchema } from './factor.ts';
import { NETWORK_FAMILIES, type NetworkFamily } from './networkFamilies.ts';

export { NETWORK_FAMILIES, type NetworkFamily };

export const networkFamilySchema = z.enum(NETWORK_FAMILIES);

/** Everything that fixes a network's architecture. */
export const networkSpecSchema = z.object({
  family: networkFamilySchema,
  /** Filters of the first level at factor 1: 64 for the published U-Net and FCN-8s. */
  width: z.number().int().min(1).max(1024),
  /** Input channels: 1 grey, 3 RGB. */
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Output classes, background included. */
  classes: z.number().int().min(2).max(255),
  factor: factorSchema,
});
export type NetworkSpec = z.infer<typeof networkSpecSchema>;

/** Cost of one network, counted from its architecture. */
export interface NetworkCost {
  /** Trainable parameters, batch-norm gamma and beta included. */
  readonly parameters: number;
  /** Multiply-accumulates of one forward pass of one image. */
  readonly macs: number;
  /** Peak of simultaneously live fp32 activations in one forward pass of one image, in bytes. */
  readonly activationBytes: number;
}
