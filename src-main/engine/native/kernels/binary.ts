import type { TensorInfo } from '@tensorflow/tfjs-core';
import { broadcastLayout } from '../broadcastLayout.ts';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { type BinaryFunction, tensorAddon } from '../tensorAddon.ts';

const COMPARISONS = ['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'];
const INT = ['Add', 'Sub', 'Multiply', 'Maximum', 'Minimum'];
const FLOAT = [...INT, 'RealDiv', 'SquaredDifference', 'FloorDiv', 'Mod', 'Pow', 'Atan2'];
const LOGICAL = ['LogicalAnd', 'LogicalOr'];

/** All element-wise kernels of two tensors, with broadcasting. */
export function binaryKernels(): NativeKernel[] {
  return [
    ...FLOAT.map((name) => binary(name, INT.includes(name) ? ['float32', 'int32'] : ['float32'])),
    ...COMPARISONS.map((name) => binary(name, ['float32', 'int32', 'bool'], 'bool')),
    ...LOGICAL.map((name) => binary(name, ['bool'])),
    defineKernel<{ x: TensorInfo; alpha: TensorInfo }>(
      'Prelu',
      ({ x, alpha }, _, backend) => broadcast(backend, x, alpha, loopFor('Prelu', 'float32'), 'float32'),
      ['float32'],
    ),
    defineKernel<{ dy: TensorInfo; y: TensorInfo }>(
      'EluGrad',
      ({ dy, y }, _, backend) => broadcast(backend, dy, y, loopFor('EluGrad', 'float32'), 'float32'),
      ['float32'],
    ),
  ];
}

/** Applies a C++ loop to two broadcast operands of one type. @returns a new tensor of type `result`. */
function broadcast(
  backend: NativeBackend,
  a: TensorInfo,
  b: TensorInfo,
  loop: BinaryFunction,
  result: NumericType,
): TensorInfo {
  const { shape, layout } = broadcastLayout(a.shape, b.shape);
  const { info, values } = backend.allocate(shape, result);
  if (values.length > 0) loop(backend.elements(a), backend.elements(b), values, layout);
  return info;
}

/** The C++ loop of a binary kernel for one operand type. @throws Error when the addon lacks it. */
export function loopFor(name: string, dtype: string): BinaryFunction {
  const loop = tensorAddon().binary[dtype]?.[name];
  if (loop === undefined) throw new Error(`the native addon has no binary kernel ${name} for ${dtype}`);
  return loop;
}

function binary(name: string, types: NumericType[], result?: NumericType): NativeKernel {
  const loops = new Map<string, BinaryFunction>(types.map((type) => [type, loopFor(name, type)]));
  return {
    ...defineKernel<{ a: TensorInfo; b: TensorInfo }>(name, ({ a, b }, _, backend) => {
      const loop = loops.get(a.dtype);
      if (loop === undefined) throw new Error(`${name} does not take ${a.dtype}`);
      return broadcast(backend, a, b, loop, result ?? (a.dtype as NumericType));
    }),
    accepts: ({ a, b }) => a !== undefined && a.dtype === b?.dtype && loops.has(a.dtype),
  };
}
