import { Reader } from 'protobufjs/minimal.js';

/** What is read of an ONNX file: float constants by name, and its metadata. */
export interface OnnxContent {
  readonly metadata: Readonly<Record<string, string>>;
  readonly floats: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
}

const FLOAT = 1;

/** Calls `on` for every field of a message; what it does not read is skipped. */
function fields(bytes: Uint8Array, on: (field: number, reader: Reader) => boolean): void {
  const reader = Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!on(tag >>> 3, reader)) reader.skipType(tag & 7);
  }
}

/**
 * Reads the constants and the metadata of an ONNX file (field numbers of onnx.proto, as in onnxMessages).
 * @throws RangeError or Error when the bytes are no protobuf message
 */
export function readOnnx(bytes: Uint8Array): OnnxContent {
  const metadata: Record<string, string> = {};
  const floats = new Map<string, { shape: number[]; data: Float32Array }>();
  fields(bytes, (field, reader) => {
    if (field === 14) {
      const { key, value } = readEntry(reader.bytes());
      metadata[key] = value;
    } else if (field === 7) {
      fields(reader.bytes(), (inner, graph) => {
        if (inner !== 5) return false;
        const tensor = readTensor(graph.bytes());
        if (tensor) floats.set(tensor.name, tensor);
        return true;
      });
    } else return false;
    return true;
  });
  return { metadata, floats };
}

function readEntry(bytes: Uint8Array): { key: string; value: string } {
  const entry = { key: '', value: '' };
  fields(bytes, (field, reader) => {
    if (field === 1) entry.key = reader.string();
    else if (field === 2) entry.value = reader.string();
    else return false;
    return true;
  });
  return entry;
}

/** Null for tensors that are not stored as raw float32. */
function readTensor(bytes: Uint8Array): { name: string; shape: number[]; data: Float32Array } | null {
  const shape: number[] = [];
  let [name, type, raw] = ['', 0, new Uint8Array()];
  fields(bytes, (field, reader) => {
    if (field === 1) shape.push(Number(reader.int64()));
    else if (field === 2) type = reader.int32();
    else if (field === 8) name = reader.string();
    else if (field === 9) raw = new Uint8Array(reader.bytes());
    else return false;
    return true;
  });
  if (type !== FLOAT || raw.byteLength % 4 !== 0) return null;
  return { name, shape, data: new Float32Array(raw.slice().buffer) };
}
