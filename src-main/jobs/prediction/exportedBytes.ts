import type { NetworkSpec } from '#common/network/network.ts';
import { modelToOnnx } from '../../export/onnx/modelToOnnx.ts';
import { withProbabilities } from '../../export/withProbabilities.ts';
import { buildNetwork } from '../../network/buildNetwork.ts';
import { storedNumbers } from '../../network/storedNumbers.ts';

const overheads = new Map<string, number>();

/** Bytes of an ONNX file that are not weights: names and graph, which hardly depend on the widths. */
function overhead(spec: NetworkSpec): number {
  const smallest = { ...spec, width: 1, factor: 1 };
  const key = JSON.stringify([spec.family, spec.channels, spec.classes]);
  let bytes = overheads.get(key);
  if (bytes === undefined) {
    const model = buildNetwork(smallest, 0);
    const about = { producer: { name: '', version: '' }, description: '', metadata: {} };
    bytes = modelToOnnx(withProbabilities(model), about).byteLength - 4 * storedNumbers(smallest);
    model.dispose();
    overheads.set(key, bytes);
  }
  return bytes;
}

/** Size of the exported ONNX file of a network, to within a kilobyte, without building it. */
export function exportedBytes(spec: NetworkSpec): number {
  return 4 * storedNumbers(spec) + overhead(spec);
}
