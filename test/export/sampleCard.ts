import { preparationOf } from '#common/preparation/preparation.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { IMAGE_MEASURES, spreadOf } from '#common/use/trainingProfile.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';

/** The card of a network that nobody trained. */
export function sampleCard(changes: Partial<NetworkCard> = {}): NetworkCard {
  return {
    format: 1,
    product: 'CC-Net Workstation test',
    dataset: { name: 'glands', fingerprint: 'f'.repeat(64) },
    run: 3,
    trainedAt: '2026-01-01T00:00:00.000Z',
    network: { family: 'unet', width: 64, channels: 1, classes: 2, factor: 1 / 8 },
    parameters: 1000,
    weights: 'a'.repeat(64),
    preparation: preparationOf({ channels: 1 }, 256),
    test: { dice: 0.91, iou: 0.84, images: 4 },
    training: {
      images: 20,
      channels: [1],
      depths: [16],
      side: { low: 128, median: 128, high: 130 },
      complexity: {
        recipe: complexityRecipe(256),
        measures: Object.fromEntries(
          IMAGE_MEASURES.map((measure) => [measure, spreadOf([1 / 3, 2 / 7, 4 / 9])]),
        ),
      },
    },
    ...changes,
  };
}
