import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';
import { cast } from './cast.ts';

interface Attributes {
  readonly axis?: number | number[];
  /** Max calls its axes so. */
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/** Result over no elements, by kernel. */
const EMPTY: Readonly<Record<string, number>> = {
  Sum: 0,
  Prod: 1,
  Max: -Infinity,
  Min: Infinity,
  Any: 0,
  All: 1,
};

/** Reductions over any axes. Fixed partitions make them give the same bits at any number of threads. */
export function reduceKernels(): NativeKernel[] {
  return [
    ...['Sum', 'Prod', 'Max', 'Min'].map((name) => reduction(name, ['float32', 'int32'])),
    ...['Any', 'All'].map((name) => reduction(name, ['bool'])),
    defineKernel<{ x: TensorInfo }, Attributes>('Mean', ({ x }, attributes, backend) =>
      mean(backend, x, attributes),
    ),
  ];
}

function reduction(name: string, types: NumericType[]): NativeKernel {
  return defineKernel<{ x: TensorInfo }, Attributes>(
    name,
    ({ x }, attributes, backend) => reduce(backend, name, x, attributes),
    types,
  );
}

function mean(backend: NativeBackend, x: TensorInfo, attributes: Attributes): TensorInfo {
  const floats = cast(backend, x, 'float32');
  const result = reduce(backend, 'Sum', floats, attributes);
  backend.disposeIntermediateTensorInfo(floats);
  const axes = util.parseAxisParam(attributes.axis ?? x.shape.map((_, d) => d), x.shape);
  const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  // Without axes the sum is x itself, shared: the division below must not write into it.
  if (count === 1) return result;
  const values = backend.floats(result);
  for (let i = 0; i < values.length; ++i) values[i] = (values[i] ?? 0) / count;
  return result;
}

/** Reduces the innermost run of reduced dimensions first, then the next one outward, until none is left. */
function reduce(backend: NativeBackend, name: string, x: TensorInfo, attributes: Attributes): TensorInfo {
  const axes = util.parseAxisParam(attributes.reductionIndices ?? attributes.axis ?? allAxes(x), x.shape);
  const [outShape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const shape = attributes.keepDims === true ? backend_util.expandShapeToKeepDim(outShape, axes) : outShape;
  const dtype = x.dtype as NumericType;
  if (util.sizeFromShape(x.shape) === 0) {
    const { info, values } = backend.allocate(shape, dtype);
    values.fill(EMPTY[name] ?? 0);
    return info;
  }
  const run = tensorAddon().reduce[dtype]?.[name];
  if (run === undefined) throw new Error(`the native addon has no reduction ${name} for ${dtype}`);
  let current = backend.alias(x);
  let groups = groupDimensions(x.shape, axes);
  for (let at = lastReduced(groups); at >= 0; at = lastReduced(groups)) {
    const before = groups.slice(0, at);
    const after = groups.slice(at + 1);
    const { info, values } = backend.allocate([extent(before) * extent(after)], dtype);
    run(backend.elements(current), values, extent(before), groups[at]?.size ?? 1, extent(after));
    backend.disposeIntermediateTensorInfo(current);
    current = info;
    groups = [...before, ...after];
  }
  return { ...current, shape };
}

interface Group {
  size: number;
  readonly reduced: boolean;
}

/** Neighbouring dimensions that share their fate, as one. */
function groupDimensions(shape: readonly number[], axes: readonly number[]): Group[] {
  const groups: Group[] = [];
  for (const [d, size] of shape.entries()) {
    if (size === 1) continue;
    const reduced = axes.includes(d);
    const last = groups.at(-1);
    if (last?.reduced === reduced) last.size *= size;
    else groups.push({ size, reduced });
  }
  return groups;
}

function lastReduced(groups: readonly Group[]): number {
  return groups.findLastIndex((group) => group.reduced);
}

function extent(groups: readonly Group[]): number {
  return groups.reduce((product, group) => product * group.size, 1);
}

function allAxes(x: TensorInfo): number[] {
  return x.shape.map((_, d) => d);
}
