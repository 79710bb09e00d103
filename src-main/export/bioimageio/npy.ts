/** An array in NumPy's format, version 1.0, in C order. */
export function npy(data: Float32Array | Uint8Array | Uint16Array, shape: readonly number[]): Uint8Array {
  const type = data instanceof Float32Array ? '<f4' : data instanceof Uint16Array ? '<u2' : '|u1';
  const words = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  // Magic, version and length take ten bytes; all of the head is a multiple of 64.
  const length = Math.ceil((10 + words.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10 + length, 0x20);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(length, 8);
  head.write(words, 10, 'latin1');
  head.write('\n', 9 + length, 'latin1');
  return Buffer.concat([head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}
