/**
 * Kernel of a transposed convolution that upsamples every channel bilinearly (Long et al. 2015): per side
 * 1 - |x - centre| / factor with factor = ceil(side / 2), on the diagonal of the channels.
 * @returns side x side x channels x channels values, row-major
 */
export function bilinearKernel(side: number, channels: number): Float32Array {
  const factor = Math.ceil(side / 2);
  const centre = side % 2 === 1 ? factor - 1 : factor - 0.5;
  const weight = Array.from({ length: side }, (_, x) => 1 - Math.abs(x - centre) / factor);
  const kernel = new Float32Array(side * side * channels * channels);
  for (const [y, row] of weight.entries()) {
    for (const [x, column] of weight.entries()) {
      for (let c = 0; c < channels; c++)
        kernel[((y * side + x) * channels + c) * channels + c] = row * column;
    }
  }
  return kernel;
}
