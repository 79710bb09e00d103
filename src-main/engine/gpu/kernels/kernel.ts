/** One storage buffer that a kernel binds. */
export interface KernelBuffer {
  readonly name: string;
  readonly access: 'read' | 'read_write';
  readonly element?: 'f32' | 'u32';
}

export type ParameterType = 'u32' | 'i32' | 'f32';

/**
 * A compute shader before it meets a device. Shapes are parameters (a small uniform buffer for each dispatch), what changes the code is
 * in the text: so that a network needs some twenty pipelines instead of two hundred.
 */
export interface Kernel {
  /** Tells kernels apart: equal labels mean equal text. */
  readonly label: string;
  readonly buffers: readonly KernelBuffer[];
  readonly parameters: Readonly<Record<string, ParameterType>>;
  /** Threads of a workgroup, at most 256, which every device has. */
  readonly threads: number;
  /** Workgroup memory and functions. */
  readonly declarations?: string;
  /** Of `main`, where `group` (workgroup_id) and `thread` (local_invocation_index) are known. */
  readonly body: string;
}

/** The whole WGSL module of a kernel: binding 0 are its parameters, the buffers follow in order. */
export function shaderText({ buffers, parameters, threads, declarations, body }: Kernel): string {
  const members = Object.entries(parameters).map(([name, type]) => `  ${name}: ${type},`);
  const bindings = buffers.map(
    ({ name, access, element = 'f32' }, index) =>
      `@group(0) @binding(${index + 1}) var<storage, ${access}> ${name}: array<${element}>;`,
  );
  return [
    'struct Parameters {',
    ...members,
    '}',
    '@group(0) @binding(0) var<uniform> given: Parameters;',
    ...bindings,
    declarations ?? '',
    `@compute @workgroup_size(${threads})`,
    'fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {',
    body,
    '}',
  ].join('\n');
}

/** Parameters as they lie in the uniform buffer: one word each, in the order of the kernel. */
export function parameterWords(
  { parameters, label }: Kernel,
  values: Readonly<Record<string, number>>,
): Uint32Array<ArrayBuffer> {
  const entries = Object.entries(parameters);
  const bytes = new DataView(new ArrayBuffer(4 * entries.length));
  for (const [index, [name, type]] of entries.entries()) {
    const value = values[name];
    if (value === undefined) throw new Error(`Kernel ${label} lacks its parameter ${name}.`);
    if (type === 'f32') bytes.setFloat32(4 * index, value, true);
    else if (type === 'i32') bytes.setInt32(4 * index, value, true);
    else bytes.setUint32(4 * index, value, true);
  }
  return new Uint32Array(bytes.buffer);
}

/** Lines made for 0, 1, ... count - 1. */
export function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}
