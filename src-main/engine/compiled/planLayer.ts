import type { LayerNode } from '../layerGraph.ts';
import { LayerConfig } from './layerConfig.ts';
import type { PlannedLayer } from './stepAddon.ts';

/** What a layer's plan depends on besides its own configuration. */
export interface LayerContext {
  /** Indices of the layers whose outputs it takes, and their channels. */
  readonly inputs: readonly number[];
  readonly inputChannels: readonly number[];
  /** Channels of its output. */
  readonly channels: number;
  /** Indices of its weights in the model, by their short names: kernel, bias, gamma, ... */
  readonly weights: ReadonlyMap<string, number>;
}

/**
 * Translates one layer; null when it changes nothing (a linear activation, dropout with rate 0).
 * @throws UnsupportedLayerError
 */
export function planLayer(node: LayerNode, context: LayerContext): PlannedLayer | null {
  const config = new LayerConfig(node);
  const base = { name: node.name, inputs: context.inputs, channels: context.channels };
  const weight = (name: string) => context.weights.get(name) ?? config.reject(`it has no ${name}`);
  const bias = context.weights.get('bias');
  config.plainWeights();
  config.expect('data_format', 'channels_last', 'channelsLast');
  switch (node.className) {
    case 'InputLayer':
      return { ...base, kind: 'input' };
    case 'Conv2D': {
      const kernel = config.square('kernel_size');
      config.expect('padding', 'same', ...(kernel === 1 ? ['valid'] : []));
      if (kernel % 2 === 0 || kernel > 7) config.reject(`its kernel is ${kernel} x ${kernel}`);
      if (config.square('strides') !== 1) config.reject('its stride is not 1');
      if (config.square('dilation_rate') !== 1) config.reject('it is dilated');
      const relu = config.relu();
      return {
        ...base,
        kind: 'convolution',
        kernel,
        relu,
        weights: weight('kernel'),
        ...(bias !== undefined && { bias }),
      };
    }
    case 'Conv2DTranspose': {
      const kernel = config.square('kernel_size');
      const stride = config.square('strides');
      config.expect('padding', 'same', ...(kernel === stride ? ['valid'] : []));
      if (kernel < stride) config.reject('its kernel is smaller than its stride');
      const relu = config.relu();
      const own = { kernel, stride, relu, weights: weight('kernel') };
      return { ...base, kind: 'transposed', ...own, ...(bias !== undefined && { bias }) };
    }
    case 'BatchNormalization':
      config.expect('axis', -1, 3);
      config.expect('scale', true);
      config.expect('center', true);
      return {
        ...base,
        kind: 'batchNorm',
        epsilon: config.number('epsilon'),
        momentum: config.number('momentum'),
        gamma: weight('gamma'),
        beta: weight('beta'),
        mean: weight('moving_mean'),
        variance: weight('moving_variance'),
      };
    case 'Activation':
      return config.relu() ? { ...base, kind: 'relu' } : null;
    case 'ReLU':
      config.expect('max_value');
      return { ...base, kind: 'relu' };
    case 'MaxPooling2D':
      if (config.square('pool_size') !== 2 || config.square('strides') !== 2)
        config.reject('it is not 2x2 with stride 2');
      return { ...base, kind: 'maxPool' };
    case 'Concatenate':
      config.expect('axis', -1, 3);
      return { ...base, kind: 'concatenate' };
    case 'Add':
      if (context.inputChannels.some((count) => count !== context.channels))
        config.reject('it broadcasts channels');
      return { ...base, kind: 'add' };
    case 'Dropout': {
      const rate = config.number('rate');
      config.expect('noise_shape');
      return rate > 0 ? { ...base, kind: 'dropout', rate } : null;
    }
    default:
      return config.reject(`layers of class ${node.className} are not supported`);
  }
}
