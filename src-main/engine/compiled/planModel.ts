import type { LayersModel } from '@tensorflow/tfjs-layers';
import { layerGraph } from '../layerGraph.ts';
import { planLayer } from './planLayer.ts';
import type { PlannedLayer } from './stepAddon.ts';
import { UnsupportedLayerError } from './unsupportedLayerError.ts';

/**
 * Translates a LayersModel [N, H, W, C] -> logits [N, H, W, 2] for the native engine.
 * @throws UnsupportedLayerError for a layer or an output that the engine cannot run.
 */
export function planModel(model: LayersModel): PlannedLayer[] {
  const planned: PlannedLayer[] = [];
  /** Of each layer of the model, the planned layer that gives its output. */
  const outputOf = new Map<string, PlannedLayer | undefined>();
  for (const node of layerGraph(model)) {
    const sources = node.inputs.map((name) => outputOf.get(name));
    const inputs = sources.map((source) => source?.name ?? '');
    const inputChannels = sources.map((source) => source?.channels ?? 0);
    const channels = channelsOf(model.getLayer(node.name).outputShape, node.name);
    const made = planLayer(node, { inputs, inputChannels, channels });
    planned.push(...made);
    outputOf.set(node.name, made.at(-1) ?? sources[0]);
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
  return planned;
}

function channelsOf(shape: unknown, name: string): number {
  const channels: unknown = Array.isArray(shape) && shape.length === 4 ? shape[3] : undefined;
  if (typeof channels !== 'number')
    throw new UnsupportedLayerError(name, 'its output is not an image with a known number of channels');
  return channels;
}
