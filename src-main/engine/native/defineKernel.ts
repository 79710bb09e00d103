import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { NativeBackend, NumericType } from './NativeBackend.ts';

export type KernelResult = TensorInfo | TensorInfo[];

/** A kernel: named input tensors and attributes as TensorFlow.js defines them for its name. */
export type Compute<Inputs, Attributes> = (
  inputs: Inputs,
  attributes: Attributes,
  backend: NativeBackend,
) => KernelResult;

/** A kernel of the native backend, before registration. */
export interface NativeKernel {
  readonly kernelName: string;
  /** False for calls that the kernel leaves to tfjs-backend-cpu: text, complex numbers, rare types. */
  accepts(inputs: NamedTensorInfoMap, attributes: Readonly<Record<string, unknown>>): boolean;
  readonly compute: Compute<NamedTensorInfoMap, Readonly<Record<string, unknown>>>;
}

const NUMERIC: readonly string[] = ['float32', 'int32', 'bool'] satisfies NumericType[];

/**
 * Declares a native kernel.
 * @param types data types of which every input must have one; all numeric types unless given.
 */
export function defineKernel<Inputs, Attributes = object>(
  kernelName: string,
  compute: Compute<Inputs, Attributes>,
  types: readonly string[] = NUMERIC,
): NativeKernel {
  return {
    kernelName,
    accepts: (inputs) => Object.values(inputs).every((input) => !input || types.includes(input.dtype)),
    // The registry of TensorFlow.js is untyped: inputs and attributes are what the kernel's name promises.
    compute: compute as unknown as NativeKernel['compute'],
  };
}

/** Elements of the same type in every input: what kernels need that only move elements. */
export function sameTypes(inputs: NamedTensorInfoMap): boolean {
  const [first, ...rest] = Object.values(inputs);
  return first !== undefined && NUMERIC.includes(first.dtype) && rest.every((x) => x?.dtype === first.dtype);
}
