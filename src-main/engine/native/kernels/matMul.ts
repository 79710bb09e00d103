import { broadcast_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';
import { applyEpilogue, type Epilogue } from './epilogue.ts';

interface Inputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Products of (batches of) matrices, plain and with bias and activation. */
export function matMulKernels(): NativeKernel[] {
  const plain = defineKernel<Inputs, Attributes>(
    'BatchMatMul',
    ({ a, b }, attributes, backend) => matMul(backend, a, b, attributes),
    ['float32'],
  );
  const fused = defineKernel<Inputs & Epilogue['inputs'], Attributes & Epilogue['attributes']>(
    '_FusedMatMul',
    (inputs, attributes, backend) =>
      applyEpilogue(backend, matMul(backend, inputs.a, inputs.b, attributes), { inputs, attributes }),
    ['float32'],
  );
  return [plain, fused].map((kernel) => ({
    ...kernel,
    accepts: (inputs, attributes) =>
      kernel.accepts(inputs, attributes) &&
      oneBatchServesAll(inputs['a']?.shape ?? [], inputs['b']?.shape ?? []),
  }));
}

/** The C++ kernel takes equal batches or one matrix for all; other broadcasts are left to tfjs-backend-cpu. */
function oneBatchServesAll(a: readonly number[], b: readonly number[]): boolean {
  const [batchA, batchB] = [a.slice(0, -2), b.slice(0, -2)].map((dims) => util.sizeFromShape(dims));
  return batchA === 1 || batchB === 1 || a.slice(0, -2).join() === b.slice(0, -2).join();
}

function matMul(
  backend: NativeBackend,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB }: Attributes,
): TensorInfo {
  util.assert(
    a.shape.length >= 2 && b.shape.length >= 2,
    () => `Error in matMul: shapes ${a.shape.join(',')} and ${b.shape.join(',')} must have at least rank 2.`,
  );
  const [rowsA = 1, columnsA = 1] = a.shape.slice(-2);
  const [rowsB = 1, columnsB = 1] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [depthB, columns] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  util.assert(
    depth === depthB,
    () =>
      `Error in matMul: inner shapes (${depth}) and (${depthB}) of Tensors with shapes ${a.shape.join(',')} and ` +
      `${b.shape.join(',')} and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const { info, values } = backend.allocate([...outer, rows, columns], 'float32');
  const geometry = Int32Array.of(
    util.sizeFromShape(outerA),
    util.sizeFromShape(outerB),
    rows,
    depth,
    columns,
  );
  tensorAddon().matMul(backend.floats(a), backend.floats(b), values, geometry, transposeA, transposeB);
  return info;
}
