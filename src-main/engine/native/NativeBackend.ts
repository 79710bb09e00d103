import { backend_util, buffer, DataStorage, engine, KernelBackend, util } from '@tensorflow/tfjs-core';
import type {
  DataId,
  DataType,
  Rank,
  ShapeMap,
  Tensor,
  TensorBuffer,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import { BufferPool } from './BufferPool.ts';
import type { Elements } from './tensorAddon.ts';

/** Data types that native kernels compute with. */
export type NumericType = 'float32' | 'int32' | 'bool';

interface TensorData {
  values: backend_util.BackendValues;
  dtype: DataType;
  refCount: number;
  /** The buffer to give back to the pool when the last reference goes; null when the array is not ours alone. */
  pooled: ArrayBuffer | null;
  bytes: number;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
}

/** Idle buffers kept for reuse: enough for the activations of a U-Net of base width 32 at 128x128, batch 8. */
const POOL_LIMIT = 1024 * 2 ** 20;

/**
 * Storage of the TensorFlow.js backend `native`: tensors are typed arrays that V8 allocated (external buffers are forbidden in
 * Electron), recycled through a pool. Kernels are registered beside it (registerNativeBackend); the class also offers
 * what kernels of the package tfjs-backend-cpu ask of their backend, so that those can run on it unchanged.
 */
export class NativeBackend extends KernelBackend {
  /** Read by kernels of tfjs-backend-cpu. */
  readonly data: DataStorage<TensorData>;
  readonly blockSize = 48;
  readonly #pool = new BufferPool(POOL_LIMIT);
  #nextId = 0;
  #liveBytes = 0;

  constructor() {
    super();
    this.data = new DataStorage(this, engine());
  }

  override write(values: backend_util.BackendValues, _shape: number[], dtype: DataType): DataId {
    return this.#store({ values, dtype, refCount: 1, pooled: null, bytes: byteLength(values) });
  }

  override move(
    dataId: DataId,
    values: backend_util.BackendValues,
    _shape: number[],
    dtype: DataType,
    refCount: number,
  ): void {
    const bytes = byteLength(values);
    this.data.set(dataId, { values, dtype, refCount, pooled: null, bytes });
    this.#liveBytes += bytes;
  }

  /** A new tensor with undefined content in `values`, which the kernel must fill completely. */
  allocate<T extends NumericType>(shape: number[], dtype: T): { info: TensorInfo; values: ArrayOf<T> } {
    const size = util.sizeFromShape(shape);
    const bytes = size * (dtype === 'bool' ? 1 : 4);
    const pooled = this.#pool.take(bytes);
    const values = view(pooled, size, dtype);
    const dataId = this.#store({ values, dtype, refCount: 1, pooled, bytes: pooled.byteLength });
    return { info: { dataId, shape, dtype }, values };
  }

  /** The same elements under another shape; costs a reference, not a copy. */
  alias(x: TensorInfo, shape: number[] = x.shape): TensorInfo {
    this.incRef(x.dataId);
    return { dataId: x.dataId, shape, dtype: x.dtype };
  }

  /** Elements of a float32 tensor, not to be written. @throws Error when the tensor has another type. */
  floats(x: TensorInfo): Float32Array {
    const { values } = this.data.get(x.dataId);
    if (!(values instanceof Float32Array)) throw new Error(`expected a float32 tensor, got ${x.dtype}`);
    return values;
  }

  /** Elements of a float32, int32 or bool tensor, not to be written. @throws Error when the tensor holds text or complex numbers. */
  elements(x: TensorInfo): Elements {
    const { values } = this.data.get(x.dataId);
    if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array) {
      return values;
    }
    throw new Error(`expected a numeric tensor, got ${x.dtype}`);
  }

  /**
   * Keeps a tensor's array out of the pool for good: to be called before foreign code gets the array itself, which may keep it or hand
   * parts of it on.
   */
  surrender(x: TensorInfo): void {
    const entry = this.data.get(x.dataId);
    entry.pooled = null;
    for (const part of Object.values(entry.complexTensorInfos ?? {})) this.surrender(part);
  }

  makeTensorInfo(
    shape: number[],
    dtype: DataType,
    values: backend_util.BackendValues | string[],
  ): TensorInfo {
    const stored = isText(values) ? values.map((text) => util.encodeString(text)) : values;
    return { dataId: this.write(stored, shape, dtype), shape, dtype };
  }

  makeOutput(values: backend_util.BackendValues, shape: number[], dtype: DataType): Tensor {
    return engine().makeTensorFromTensorInfo(this.makeTensorInfo(shape, dtype, values), this);
  }

  override refCount(dataId: DataId): number {
    return this.data.has(dataId) ? this.data.get(dataId).refCount : 0;
  }

  override incRef(dataId: DataId): void {
    this.data.get(dataId).refCount += 1;
  }

  decRef(dataId: DataId): void {
    if (this.data.has(dataId)) this.data.get(dataId).refCount -= 1;
  }

  override numDataIds(): number {
    return this.data.numDataIds();
  }

  override async read(dataId: DataId): Promise<backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  /** Values of a tensor; a copy where the array is pooled, since it will be overwritten after the tensor is disposed. */
  override readSync(dataId: DataId): backend_util.BackendValues {
    const { dtype, values, pooled, complexTensorInfos } = this.data.get(dataId);
    if (complexTensorInfos !== undefined) {
      const real = this.readSync(complexTensorInfos.real.dataId) as Float32Array;
      const imag = this.readSync(complexTensorInfos.imag.dataId) as Float32Array;
      return backend_util.mergeRealAndImagArrays(real, imag);
    }
    if (pooled !== null && !Array.isArray(values)) return values.slice();
    return util.convertBackendValuesAndArrayBuffer(values, dtype);
  }

  bufferSync<R extends Rank, D extends DataType>(x: TensorInfo): TensorBuffer<R, D> {
    const values = this.readSync(x.dataId);
    const decoded =
      x.dtype === 'string' ? (values as Uint8Array[]).map((text) => util.decodeString(text)) : values;
    return buffer(x.shape as ShapeMap[R], x.dtype as D, decoded as Parameters<typeof buffer<R, D>>[2]);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const entry = this.data.get(dataId);
    entry.refCount -= 1;
    if (!force && entry.refCount > 0) return false;
    if (entry.complexTensorInfos !== undefined) {
      this.disposeData(entry.complexTensorInfos.real.dataId, true);
      this.disposeData(entry.complexTensorInfos.imag.dataId, true);
    }
    this.data.delete(dataId);
    this.#liveBytes -= entry.bytes;
    if (entry.pooled !== null) this.#pool.release(entry.pooled);
    return true;
  }

  disposeIntermediateTensorInfo(x: TensorInfo): void {
    this.disposeData(x.dataId);
  }

  override async time(query: () => void): Promise<{ kernelMs: number }> {
    const start = util.now();
    query();
    return { kernelMs: util.now() - start };
  }

  /** Bytes held: by live tensors, and by idle buffers of the pool. */
  override memory(): { unreliable: boolean; liveBytes: number; idleBytes: number } {
    return { unreliable: false, liveBytes: this.#liveBytes, idleBytes: this.#pool.idleBytes };
  }

  /** Gives the idle buffers back to the system: after training, or before another network is built. */
  releaseIdleMemory(): void {
    this.#pool.clear();
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.#pool.clear();
  }

  #store(entry: TensorData): DataId {
    const dataId = { id: this.#nextId++ };
    this.data.set(dataId, entry);
    this.#liveBytes += entry.bytes;
    return dataId;
  }
}

type ArrayOf<T extends NumericType> = T extends 'float32'
  ? Float32Array<ArrayBuffer>
  : T extends 'int32'
    ? Int32Array<ArrayBuffer>
    : T extends 'bool'
      ? Uint8Array<ArrayBuffer>
      : Elements;

function view<T extends NumericType>(pooled: ArrayBuffer, size: number, dtype: T): ArrayOf<T> {
  const array =
    dtype === 'float32'
      ? new Float32Array(pooled, 0, size)
      : dtype === 'int32'
        ? new Int32Array(pooled, 0, size)
        : new Uint8Array(pooled, 0, size);
  return array as ArrayOf<T>;
}

function byteLength(values: backend_util.BackendValues | null | undefined): number {
  if (values === null || values === undefined) return 0;
  return Array.isArray(values) ? values.reduce((sum, text) => sum + text.byteLength, 0) : values.byteLength;
}

function isText(values: backend_util.BackendValues | string[] | null): values is string[] {
  return Array.isArray(values) && values.length > 0 && typeof values[0] === 'string';
}
