import type { LayerNode } from '../layerGraph.ts';
import { LayerConfig } from './layerConfig.ts';
import type { PlannedLayer } from './stepAddon.ts';

/** What a layer's plan depends on besides its own configuration. */
export interface LayerContext {
  /** Names of the planned layers whose outputs it takes, and their channels. */
  readonly inputs: readonly string[];
  readonly inputChannels: readonly number[];
  /** Channels of its output. */
  readonly channels: number;
}

/**
 * Translates one layer: none where it changes nothing (a linear activation, dropout with rate 0), two for a convolution with
 * a ReLU.
 * @throws UnsupportedLayerError
 */
export function planLayer(node: LayerNode, context: LayerContext): PlannedLayer[] {
  const config = new LayerConfig(node);
  const base = { name: node.name, inputs: context.inputs, channels: context.channels };
  const bias = node.config['use_bias'] !== false;
  const withActivation = (layer: PlannedLayer): PlannedLayer[] =>
    config.relu()
      ? [layer, { ...base, kind: 'relu', name: `${node.name}/relu`, inputs: [node.name] }]
      : [layer];
  config.plainWeights();
  config.expect('data_format', 'channels_last', 'channelsLast');
  switch (node.className) {
    case 'InputLayer':
      return [{ ...base, kind: 'input' }];
    case 'Conv2D': {
      const kernel = config.square('kernel_size');
      config.expect('padding', 'same', ...(kernel === 1 ? ['valid'] : []));
      if (kernel % 2 === 0 || kernel > 7) config.reject(`its kernel is ${kernel} x ${kernel}`);
      if (config.square('strides') !== 1) config.reject('its stride is not 1');
      if (config.square('dilation_rate') !== 1) config.reject('it is dilated');
      return withActivation({ ...base, kind: 'convolution', kernel, bias });
    }
    case 'Conv2DTranspose': {
      const kernel = config.square('kernel_size');
      const stride = config.square('strides');
      config.expect('padding', 'same', ...(kernel === stride ? ['valid'] : []));
      if (kernel < stride) config.reject('its kernel is smaller than its stride');
      return withActivation({ ...base, kind: 'transposed', kernel, stride, bias });
    }
    case 'BatchNormalization':
      config.expect('axis', -1, 3);
      config.expect('scale', true);
      config.expect('center', true);
      return [
        {
          ...base,
          kind: 'batchNorm',
          epsilon: config.number('epsilon'),
          momentum: config.number('momentum'),
        },
      ];
    case 'Activation':
      return config.relu() ? [{ ...base, kind: 'relu' }] : [];
    case 'ReLU':
      config.expect('max_value');
      return [{ ...base, kind: 'relu' }];
    case 'MaxPooling2D':
      if (config.square('pool_size') !== 2 || config.square('strides') !== 2)
        config.reject('it is not 2x2 with stride 2');
      return [{ ...base, kind: 'maxPool' }];
    case 'Concatenate':
      config.expect('axis', -1, 3);
      return [{ ...base, kind: 'concat' }];
    case 'Add':
      if (context.inputChannels.some((count) => count !== context.channels))
        config.reject('it broadcasts channels');
      return [{ ...base, kind: 'add' }];
    case 'Dropout': {
      const rate = config.number('rate');
      config.expect('noise_shape');
      return rate > 0 ? [{ ...base, kind: 'dropout', rate }] : [];
    }
    default:
      return config.reject(`layers of class ${node.className} are not supported`);
  }
}
