import type { LayerDescription } from '#common/network/layerDescription.ts';

/**
 * Tells the weights of a network that have an effect from the biases that a batch norm cancels (see CompiledStep) and the means that
 * follow them: their gradients are rounding errors, on which two engines need not agree.
 */
export function effectiveWeights(
  layers: readonly LayerDescription[],
): (weight: { readonly name: string }) => boolean {
  const cancelled = new Set(
    layers
      .filter(({ kind }) => kind === 'batchNorm')
      .flatMap(({ name, inputs: [convolution] }) => [`${convolution}/bias`, `${name}/moving_mean`]),
  );
  return ({ name }) => !cancelled.has(name);
}
