import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Tells the weights of a model that have an effect from the biases that a batch norm cancels (see CompiledStep) and the means that
 * follow them: their gradients are rounding errors, on which two engines need not agree.
 */
export function effectiveWeights(model: LayersModel): (weight: { readonly name: string }) => boolean {
  const cancelled = new Set(
    model.layers
      .filter((layer) => layer.getClassName() === 'BatchNormalization')
      .flatMap((norm) =>
        norm.inboundNodes.flatMap(({ inboundLayers: [convolution] }) =>
          convolution?.getConfig()['useBias'] === true
            ? [`${convolution.name}/bias`, `${norm.name}/moving_mean`]
            : [],
        ),
      ),
  );
  return ({ name }) => !cancelled.has(name);
}
