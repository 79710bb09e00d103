import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { networkWeights, sizeOf } from '#common/network/layerWeights.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { preparationOf } from '#common/preparation/preparation.ts';
import { cardMetadata, type NetworkCard } from '#common/use/networkCard.ts';
import { IMAGE_MEASURES } from '#common/use/trainingProfile.ts';
import { networkToOnnx } from '../../export/onnx/networkToOnnx.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import { storedNumbers } from '../../network/storedNumbers.ts';

const overheads = new Map<string, number>();

/** A card as long as others are. */
function typicalCard(network: NetworkSpec): NetworkCard {
  const spread = {
    mean: 0.123456789012345,
    deviation: 0.0123456789012345,
    low: 0.0123456789012345,
    high: 0.234567890123456,
  };
  return {
    format: 1,
    product: 'CC-Net Workstation 0.0.0',
    dataset: { name: 'a dataset', fingerprint: 'f'.repeat(64) },
    run: 1,
    trainedAt: new Date(0).toISOString(),
    network,
    parameters: 1_000_000,
    weights: 'f'.repeat(64),
    preparation: preparationOf(network, 256),
    test: { dice: spread.mean, iou: spread.mean, images: 10 },
    training: {
      images: 100,
      channels: [network.channels],
      depths: [8],
      side: { low: 256, median: 256, high: 256 },
      complexity: {
        recipe: complexityRecipe(256),
        measures: Object.fromEntries(IMAGE_MEASURES.map((measure) => [measure, spread])),
      },
    },
  };
}

/** Bytes of an ONNX file that are not weights: names, graph and what it tells of itself, which hardly depend on the widths. */
function overhead(spec: NetworkSpec): number {
  const smallest = { ...spec, width: 1, factor: 1 };
  const key = JSON.stringify([spec.family, spec.channels, spec.classes]);
  let bytes = overheads.get(key);
  if (bytes === undefined) {
    const layers = describeNetwork(smallest);
    const weights = networkWeights(layers).map(({ name, shape }) => ({
      name,
      shape,
      data: new Float32Array(sizeOf(shape)),
    }));
    const about = {
      producer: { name: '', version: '' },
      description: '',
      metadata: cardMetadata(typicalCard(spec)),
    };
    const file = networkToOnnx({ name: spec.family, layers, weights }, about);
    bytes = file.byteLength - 4 * storedNumbers(smallest);
    overheads.set(key, bytes);
  }
  return bytes;
}

/** Size of the exported ONNX file of a network, to within a kilobyte, without building it. */
export function exportedBytes(spec: NetworkSpec): number {
  return 4 * storedNumbers(spec) + overhead(spec);
}
