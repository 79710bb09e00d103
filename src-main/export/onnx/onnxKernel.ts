import type { NamedTensor } from '#common/training/training.ts';

/**
 * Turns a kernel from our order into ONNX's: [height, width, input, output] into [output, input, height, width], and that of a
 * transposed convolution, [height, width, output, input], into [input, output, height, width].
 */
export function onnxKernel({ shape, data }: NamedTensor): { shape: number[]; data: Float32Array } {
  const [height = 1, width = 1, third = 1, fourth = 1] = shape;
  const turned = new Float32Array(data.length);
  let at = 0;
  for (let d = 0; d < fourth; d++)
    for (let c = 0; c < third; c++)
      for (let place = 0; place < height * width; place++)
        turned[at++] = data[(place * third + c) * fourth + d] ?? 0;
  return { shape: [fourth, third, height, width], data: turned };
}

/** The other way round: a kernel of a file in our order. */
export function fromOnnxKernel({ shape, data }: Omit<NamedTensor, 'name'>): {
  shape: number[];
  data: Float32Array;
} {
  const [fourth = 1, third = 1, height = 1, width = 1] = shape;
  const turned = new Float32Array(data.length);
  let at = 0;
  for (let d = 0; d < fourth; d++)
    for (let c = 0; c < third; c++)
      for (let place = 0; place < height * width; place++)
        turned[(place * third + c) * fourth + d] = data[at++] ?? 0;
  return { shape: [height, width, third, fourth], data: turned };
}
