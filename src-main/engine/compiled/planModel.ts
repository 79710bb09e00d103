import type { LayersModel } from '@tensorflow/tfjs-layers';
import { layerGraph } from '../layerGraph.ts';
import { fuseLayers } from './fuseLayers.ts';
import { planLayer } from './planLayer.ts';
import type { PlannedLayer } from './stepAddon.ts';
import { UnsupportedLayerError } from './unsupportedLayerError.ts';

/**
 * Translates a LayersModel [N, H, W, C] -> logits [N, H, W, 2] for the native engine; weights by their index in
 * `model.weights`.
 * @throws UnsupportedLayerError for a layer or an output that the engine cannot run.
 */
export function planModel(model: LayersModel): PlannedLayer[] {
  const weightIndex = new Map(model.weights.map((variable, index) => [variable.id, index]));
  const planned: PlannedLayer[] = [];
  const indexOf = new Map<string, number>();
  for (const node of layerGraph(model)) {
    const inputs = node.inputs.map((name) => indexOf.get(name) ?? -1);
    const inputChannels = inputs.map((index) => planned[index]?.channels ?? 0);
    const layer = model.getLayer(node.name);
    const channels = channelsOf(layer.outputShape, node.name);
    const weights = new Map<string, number>();
    for (const variable of layer.weights) {
      const index = weightIndex.get(variable.id);
      const shortName = variable.originalName.split('/').at(-1);
      if (index !== undefined && shortName !== undefined) weights.set(shortName, index);
    }
    const result = planLayer(node, { inputs, inputChannels, channels, weights });
    if (result === null) {
      indexOf.set(node.name, inputs[0] ?? -1);
      continue;
    }
    indexOf.set(node.name, planned.length);
    planned.push(result);
  }
  const last = planned.at(-1);
  if (!last || last.kind === 'input') throw new UnsupportedLayerError(model.name, 'it has no layers');
  if (last.channels !== 2)
    throw new UnsupportedLayerError(
      last.name,
      `it gives ${last.channels} logits per pixel where the loss takes 2`,
    );
  if (planned.filter(({ kind }) => kind === 'input').length !== 1 || planned[0]?.kind !== 'input')
    throw new UnsupportedLayerError(model.name, 'it must have one input');
  return fuseLayers(planned);
}

function channelsOf(shape: unknown, name: string): number {
  const channels: unknown = Array.isArray(shape) && shape.length === 4 ? shape[3] : undefined;
  if (typeof channels !== 'number')
    throw new UnsupportedLayerError(name, 'its output is not an image with a known number of channels');
  return channels;
}
