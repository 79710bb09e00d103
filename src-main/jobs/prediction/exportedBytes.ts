import { networkWeights, sizeOf } from '#common/network/layerWeights.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { networkToOnnx } from '../../export/onnx/networkToOnnx.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import { storedNumbers } from '../../network/storedNumbers.ts';

const overheads = new Map<string, number>();

/** Bytes of an ONNX file that are not weights: names and graph, which hardly depend on the widths. */
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
    const about = { producer: { name: '', version: '' }, description: '', metadata: {} };
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
