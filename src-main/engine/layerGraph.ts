import type { LayersModel } from '@tensorflow/tfjs-layers';
import { z } from 'zod';

/** One layer of a model, in an order in which every layer follows its inputs. */
export interface LayerNode {
  readonly name: string;
  /** Keras class name: "Conv2D", "BatchNormalization", ... */
  readonly className: string;
  /** Keras configuration with snake_case keys: kernel_size, strides, padding, ... */
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs this one takes, in order. */
  readonly inputs: readonly string[];
}

const inboundSchema = z.array(z.array(z.tuple([z.string(), z.number(), z.number()]).rest(z.unknown())));
const modelSchema = z.object({
  config: z.object({
    layers: z.array(
      z.object({
        name: z.string(),
        class_name: z.string(),
        config: z.record(z.string(), z.unknown()),
        inbound_nodes: inboundSchema,
      }),
    ),
    output_layers: z.array(z.tuple([z.string(), z.number(), z.number()])),
  }),
});

/**
 * The graph of a model in which each layer is applied once, read from its Keras JSON (the form in which
 * TensorFlow.js itself stores models). The last node is the model's only output.
 * @throws Error for a layer that is applied more than once or a model with several outputs.
 */
export function layerGraph(model: LayersModel): LayerNode[] {
  const { config } = modelSchema.parse(model.toJSON(null, false));
  const output = config.output_layers[0]?.[0];
  if (config.output_layers.length !== 1 || output === undefined)
    throw new Error('The model must have one output.');
  const nodes = new Map<string, LayerNode>();
  for (const layer of config.layers) {
    if (layer.inbound_nodes.length > 1) throw new Error(`Layer ${layer.name} is applied more than once.`);
    const inputs = (layer.inbound_nodes[0] ?? []).map(([name]) => name);
    nodes.set(layer.name, { name: layer.name, className: layer.class_name, config: layer.config, inputs });
  }
  const ordered: LayerNode[] = [];
  const visit = (name: string): void => {
    const node = nodes.get(name);
    if (!node || ordered.includes(node)) return;
    node.inputs.forEach(visit);
    ordered.push(node);
  };
  visit(output);
  return ordered;
}
