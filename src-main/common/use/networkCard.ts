import { z } from 'zod';
import { formatFactor } from '../network/factor.ts';
import { networkSpecSchema } from '../network/network.ts';
import { imageReadingSchema } from '../dataset/reading.ts';
import { preparationSchema } from '../preparation/preparation.ts';
import { preparationSteps } from '../preparation/preparationWords.ts';
import { trainingProfileSchema } from './trainingProfile.ts';

/** All that someone who has only the file must know of a trained network: in the file itself, under the key `ccnet`, as JSON. */
export const networkCardSchema = z
  .object({
    format: z.literal(1),
    product: z.string(),
    dataset: z.object({ name: z.string(), fingerprint: z.string() }),
    /** Number of the run in its project. */
    run: z.number().int().positive(),
    trainedAt: z.string(),
    network: networkSpecSchema,
    parameters: z.number().int().positive(),
    /** SHA-256 (hex) over the weights in the network's order: whether two files hold the same network. */
    weights: z.string().regex(/^[0-9a-f]{64}$/),
    preparation: preparationSchema,
    /** How the files of its training images were read, where that was not as usual. */
    images: imageReadingSchema.optional(),
    /** On the test images of the dataset, at their own size. */
    test: z.object({ dice: z.number(), iou: z.number(), images: z.number().int() }),
    training: trainingProfileSchema,
  })
  .refine(({ network, preparation }) => network.channels === preparation.channels && network.classes === 2, {
    error: 'its network does not fit its preparation',
  });
export type NetworkCard = z.infer<typeof networkCardSchema>;

/** "U-Net, width 64, factor 1/8" without the family's own spelling: "unet, width 64, factor 1/8". */
export function networkWords({ family, width, factor }: NetworkCard['network']): string {
  return `${family}, width ${width}, factor ${formatFactor(factor)}`;
}

/**
 * The card as the metadata of a file: `ccnet` for programs that know it, the other entries for people and other programs.
 * @param steps what is done to an image; those of the card's preparation unless the file does a part itself
 */
export function cardMetadata(
  card: NetworkCard,
  steps: readonly string[] = preparationSteps(card.preparation),
): Record<string, string> {
  return {
    product: card.product,
    dataset: card.dataset.name,
    network: networkWords(card.network),
    preprocessing: steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    workingSide: String(card.preparation.workingSide),
    sides: `multiples of ${card.preparation.padding.multipleOf}, padded by reflection`,
    output: `softmax over [${card.preparation.classes.join(', ')}]`,
    threshold: String(card.preparation.threshold),
    testDice: card.test.dice.toFixed(4),
    ccnet: JSON.stringify(card),
  };
}
