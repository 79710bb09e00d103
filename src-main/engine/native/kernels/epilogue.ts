import type { TensorInfo } from '@tensorflow/tfjs-core';
import { broadcastLayout } from '../broadcastLayout.ts';
import type { NativeBackend } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';
import { loopFor } from './binary.ts';

/** What a fused kernel does to a product: adds a bias, then applies an activation. */
export interface Epilogue {
  readonly inputs: { readonly bias?: TensorInfo; readonly preluActivationWeights?: TensorInfo };
  readonly attributes: { readonly activation?: string | null; readonly leakyreluAlpha?: number };
}

const UNARY: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
};

/** Applies bias and activation in place to a tensor that nobody else holds yet. @returns that tensor. */
export function applyEpilogue(
  backend: NativeBackend,
  y: TensorInfo,
  { inputs, attributes }: Epilogue,
): TensorInfo {
  const values = backend.floats(y);
  const combine = (name: string, x: TensorInfo): void => {
    const { layout } = broadcastLayout(y.shape, x.shape);
    if (values.length > 0) loopFor(name, 'float32')(values, backend.floats(x), values, layout);
  };
  if (inputs.bias) combine('Add', inputs.bias);
  const activation = attributes.activation ?? 'linear';
  if (activation === 'prelu' && inputs.preluActivationWeights) {
    combine('Prelu', inputs.preluActivationWeights);
  } else if (activation !== 'linear') {
    const loop = tensorAddon().unary[UNARY[activation] ?? ''];
    if (loop === undefined) throw new Error(`the native engine knows no activation "${activation}"`);
    loop(values, values, attributes.leakyreluAlpha ?? 0);
  }
  return y;
}
