import type { ConvolutionGeometry } from '../../native/tensor/convolutionKernels.ts';

interface Product {
  readonly x: number;
  readonly filter: number;
  readonly y: number;
}

/** Every product x[i] * filter[j] that y[k] consists of, straight from the definition. */
function* products(g: ConvolutionGeometry): Generator<Product> {
  for (let n = 0; n < g.batch; n++)
    for (let oy = 0; oy < g.outHeight; oy++)
      for (let ox = 0; ox < g.outWidth; ox++)
        for (let ky = 0; ky < g.filterHeight; ky++)
          for (let kx = 0; kx < g.filterWidth; kx++) {
            const iy = oy * g.strideHeight + ky * g.dilationHeight - g.padTop;
            const ix = ox * g.strideWidth + kx * g.dilationWidth - g.padLeft;
            if (iy < 0 || iy >= g.inHeight || ix < 0 || ix >= g.inWidth) continue;
            for (let ci = 0; ci < g.inChannels; ci++)
              for (let co = 0; co < g.outChannels; co++) {
                yield {
                  x: ((n * g.inHeight + iy) * g.inWidth + ix) * g.inChannels + ci,
                  filter: ((ky * g.filterWidth + kx) * g.inChannels + ci) * g.outChannels + co,
                  y: ((n * g.outHeight + oy) * g.outWidth + ox) * g.outChannels + co,
                };
              }
          }
}

export const lengths = (g: ConvolutionGeometry): Product => ({
  x: g.batch * g.inHeight * g.inWidth * g.inChannels,
  filter: g.filterHeight * g.filterWidth * g.inChannels * g.outChannels,
  y: g.batch * g.outHeight * g.outWidth * g.outChannels,
});

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? NaN;

/** The convolution and both its gradients in double precision. */
export function referenceConvolution(
  g: ConvolutionGeometry,
  x: Float32Array,
  filter: Float32Array,
  dy: Float32Array,
): { y: Float64Array; dx: Float64Array; dfilter: Float64Array } {
  const sizes = lengths(g);
  const y = new Float64Array(sizes.y);
  const dx = new Float64Array(sizes.x);
  const dfilter = new Float64Array(sizes.filter);
  for (const p of products(g)) {
    y[p.y] = at(y, p.y) + at(x, p.x) * at(filter, p.filter);
    dx[p.x] = at(dx, p.x) + at(dy, p.y) * at(filter, p.filter);
    dfilter[p.filter] = at(dfilter, p.filter) + at(dy, p.y) * at(x, p.x);
  }
  return { y, dx, dfilter };
}
