import { type OnnxNode, ONNX_TYPES, type OnnxTensor } from '../onnxMessages.ts';

/** Collects nodes and constants of a graph; what a call returns is the name of the tensor that it computes. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #constants = new Map<string, string>();

  /** One node with one output. */
  op(
    operator: string,
    inputs: readonly string[],
    attributes: NonNullable<OnnxNode['attributes']> = {},
  ): string {
    const name = `prepare_${this.nodes.length}_${operator.toLowerCase()}`;
    this.nodes.push({ name, operator, inputs, outputs: [name], attributes });
    return name;
  }

  /** The first output of a node that has two, such as the values of TopK. */
  firstOf(
    operator: string,
    inputs: readonly string[],
    attributes: NonNullable<OnnxNode['attributes']>,
  ): string {
    const name = `prepare_${this.nodes.length}_${operator.toLowerCase()}`;
    this.nodes.push({ name, operator, inputs, outputs: [name, `${name}_rest`], attributes });
    return name;
  }

  float(value: number): string {
    return this.#constant('float', [], Float32Array.of(value));
  }

  double(value: number): string {
    return this.#constant('double', [], Float64Array.of(value));
  }

  int(value: number): string {
    return this.#constant('int', [], BigInt64Array.of(BigInt(value)));
  }

  /** A vector. */
  ints(values: readonly number[]): string {
    return this.#constant('ints', [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  cast(tensor: string, to: keyof typeof ONNX_TYPES): string {
    return this.op('Cast', [tensor], { to: ONNX_TYPES[to] });
  }

  #constant(kind: string, shape: readonly number[], data: OnnxTensor['data']): string {
    const key = `${kind}:${data.join(',')}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = `prepare_${kind}_${this.initializers.length}`;
    this.initializers.push({ name, shape, data });
    this.#constants.set(key, name);
    return name;
  }
}
