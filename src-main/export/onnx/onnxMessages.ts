import { Writer } from 'protobufjs/minimal.js';

/**
 * The part of the ONNX 1.x protobuf messages that a segmentation network needs, written field by field. Field numbers
 * are those of the ONNX specification (onnx.proto).
 */
export type Attribute = number | string | readonly number[] | { readonly float: number };

export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** A number or a list is stored as integers; wrap a float as { float }. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Stored as float32, float64 or int64. */
  readonly data: Float32Array | Float64Array | BigInt64Array;
}

/** Shape entry: a fixed length or the name of a free one. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxModel {
  readonly graph: OnnxGraph;
  readonly opset: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** TensorProto.DataType. */
export const ONNX_TYPES = { float: 1, int64: 7, double: 11 } as const;
const FLOAT = ONNX_TYPES.float;
const WIRE = { varint: 0, bytes: 2, fixed32: 5 } as const;
const tag = (field: number, wire: number): number => (field << 3) | wire;

const text = (w: Writer, field: number, value: string): Writer =>
  w.uint32(tag(field, WIRE.bytes)).string(value);
const integer = (w: Writer, field: number, value: number): Writer =>
  w.uint32(tag(field, WIRE.varint)).int64(value);

function message(w: Writer, field: number, fill: (inner: Writer) => void): void {
  w.uint32(tag(field, WIRE.bytes)).fork();
  fill(w);
  w.ldelim();
}

function writeAttribute(w: Writer, name: string, value: Attribute): void {
  text(w, 1, name);
  if (typeof value === 'number') integer(w, 3, value).uint32(tag(20, WIRE.varint)).int32(2);
  else if (typeof value === 'string') text(w, 4, value).uint32(tag(20, WIRE.varint)).int32(3);
  else if ('float' in value)
    w.uint32(tag(2, WIRE.fixed32)).float(value.float).uint32(tag(20, WIRE.varint)).int32(1);
  else {
    for (const entry of value) integer(w, 8, entry);
    w.uint32(tag(20, WIRE.varint)).int32(7);
  }
}

function writeNode(w: Writer, node: OnnxNode): void {
  for (const input of node.inputs) text(w, 1, input);
  for (const output of node.outputs) text(w, 2, output);
  text(w, 3, node.name);
  text(w, 4, node.operator);
  for (const [name, value] of Object.entries(node.attributes ?? {}))
    message(w, 5, () => writeAttribute(w, name, value));
}

function typeOf({ data }: OnnxTensor): number {
  if (data instanceof BigInt64Array) return ONNX_TYPES.int64;
  return data instanceof Float64Array ? ONNX_TYPES.double : ONNX_TYPES.float;
}

function writeTensor(w: Writer, tensor: OnnxTensor): void {
  for (const length of tensor.shape) integer(w, 1, length);
  w.uint32(tag(2, WIRE.varint)).int32(typeOf(tensor));
  text(w, 8, tensor.name);
  // ONNX stores raw data little-endian, as every platform of the product does.
  w.uint32(tag(9, WIRE.bytes)).bytes(
    new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength),
  );
}

function writeValue(w: Writer, value: OnnxValue): void {
  text(w, 1, value.name);
  message(w, 2, () =>
    message(w, 1, () => {
      w.uint32(tag(1, WIRE.varint)).int32(FLOAT);
      message(w, 2, () => {
        for (const length of value.shape) {
          message(w, 1, () => (typeof length === 'number' ? integer(w, 1, length) : text(w, 2, length)));
        }
      });
    }),
  );
}

function writeGraph(w: Writer, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(w, 1, () => writeNode(w, node));
  text(w, 2, graph.name);
  for (const tensor of graph.initializers) message(w, 5, () => writeTensor(w, tensor));
  for (const value of graph.inputs) message(w, 11, () => writeValue(w, value));
  for (const value of graph.outputs) message(w, 12, () => writeValue(w, value));
}

/** Serialises a model as ONNX (IR version 8). */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  const w = Writer.create();
  integer(w, 1, 8);
  text(w, 2, model.producer.name);
  text(w, 3, model.producer.version);
  text(w, 6, model.description);
  message(w, 7, () => writeGraph(w, model.graph));
  message(w, 8, () => integer(text(w, 1, ''), 2, model.opset));
  for (const [key, value] of Object.entries(model.metadata))
    message(w, 14, () => text(text(w, 1, key), 2, value));
  return w.finish();
}
