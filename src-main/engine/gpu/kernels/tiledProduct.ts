import {
  GATHER_PARAMETERS,
  productBuffers,
  type ProductVariant,
  storeFunction,
  variantLabel,
} from './gather.ts';
import { type Kernel, repeat } from './kernel.ts';

/** How a workgroup divides its part of the product: all sides are multiples of four. */
export interface ProductTile {
  /** Positions and output channels of a workgroup. */
  readonly pixels: number;
  readonly outputs: number;
  /** Those of a thread, kept in registers. */
  readonly threadPixels: number;
  readonly threadOutputs: number;
  /** Input channels in workgroup memory at a time. */
  readonly depth: number;
}

/**
 * A product for wide layers, as a matrix product (tap by tap, Goto & van de Geijn's blocking): a workgroup brings `depth` channels of its
 * pixels and weights into workgroup memory, a thread multiplies threadPixels x threadOutputs of them in registers. Nothing is unfolded
 * in memory (im2col): the shift of a tap is in the addresses, computed once for each tap.
 * @param weightsAlong along which channels the weights lie next to each other, so that neighbouring threads read neighbours
 */
export function tiledProduct(
  tile: ProductTile,
  variant: ProductVariant,
  weightsAlong: 'outputs' | 'inputs',
): Kernel {
  const { pixels, outputs, threadPixels, threadOutputs, depth } = tile;
  const [columns, rows] = [pixels / threadPixels, outputs / threadOutputs];
  const threads = columns * rows;
  const [pixelQuads, outputQuads] = [pixels / 4, outputs / 4];
  const [ownPixels, ownOutputs] = [threadPixels / 4, threadOutputs / 4];
  const sum = (output: number, quad: number) => `sum${output}_${quad}`;
  const each = (line: (output: number, quad: number) => string) =>
    repeat(threadOutputs, (output) => repeat(ownPixels, (quad) => line(output, quad)));
  const [weightRow, weightColumn] =
    weightsAlong === 'outputs'
      ? [`i / ${outputQuads}u`, `i % ${outputQuads}u`]
      : [`i % ${depth}u`, `i / ${depth}u`];
  return {
    label: `tiled product ${pixels}x${outputs} by ${threadPixels}x${threadOutputs} depth ${depth} along ${weightsAlong}, ${variantLabel(variant)}`,
    buffers: productBuffers(variant),
    parameters: GATHER_PARAMETERS,
    threads,
    declarations: `
var<workgroup> sources: array<vec4<f32>, ${depth * pixelQuads}>;
var<workgroup> factors: array<vec4<f32>, ${depth * outputQuads}>;
fn weight(tap: u32, k: u32, j: u32) -> f32 {
  let known = k < given.inputs && j < given.outputs;
  let at = given.weightsAt + tap * given.inputs * given.outputs + k * given.inputStep + j * given.outputStep;
  return select(0.0, weights[select(0u, at, known)], known);
}
${storeFunction(variant)}`,
    body: `
  let firstPixel = group.x * ${pixels}u;
  let firstOutput = group.y * ${outputs}u;
  let column = thread % ${columns}u;
  let row = thread / ${columns}u;
  // The four neighbouring positions whose values this thread brings.
  let quad = thread % ${pixelQuads}u;
  var rowOf: vec4<i32>;
  var columnOf: vec4<i32>;
  var imageOf: vec4<u32>;
  var known: vec4<bool>;
  for (var i = 0u; i < 4u; i++) {
    let p = firstPixel + 4u * quad + i;
    known[i] = p < given.pixels;
    let q = min(p, given.pixels - 1u);
    let line = q / given.width;
    rowOf[i] = i32((line % given.height) * given.stride);
    columnOf[i] = i32((q % given.width) * given.stride);
    imageOf[i] = line / given.height * u32(given.sourceHeight * given.sourceWidth);
  }
  ${each((output, q) => `var ${sum(output, q)} = vec4<f32>();`)}
  let taps = given.side * given.side;
  for (var tap = 0u; tap < taps; tap++) {
    let y = rowOf + given.sign * (i32(tap / given.side) - given.pad);
    let x = columnOf + given.sign * (i32(tap % given.side) - given.pad);
    let inside = known & (y >= vec4<i32>()) & (y < vec4<i32>(given.sourceHeight))
      & (x >= vec4<i32>()) & (x < vec4<i32>(given.sourceWidth));
    let at = select(vec4<u32>(), imageOf + vec4<u32>(y * given.sourceWidth + x), inside);
    for (var first = 0u; first < given.inputs; first += ${depth}u) {
      for (var k = thread / ${pixelQuads}u; k < ${depth}u; k += ${threads / pixelQuads}u) {
        var four = vec4<f32>();
        if (first + k < given.inputs) {
          let begin = given.sourceAt + (first + k) * given.sourcePixels;
          four = select(four, vec4<f32>(source[begin + at.x], source[begin + at.y], source[begin + at.z], source[begin + at.w]), inside);
        }
        sources[k * ${pixelQuads}u + quad] = four;
      }
      for (var i = thread; i < ${depth * outputQuads}u; i += ${threads}u) {
        let k = ${weightRow};
        let c = ${weightColumn};
        let j = firstOutput + 4u * c;
        factors[k * ${outputQuads}u + c] = vec4<f32>(
          weight(tap, first + k, j), weight(tap, first + k, j + 1u), weight(tap, first + k, j + 2u), weight(tap, first + k, j + 3u));
      }
      workgroupBarrier();
      for (var k = 0u; k < ${depth}u; k++) {
        ${repeat(ownPixels, (q) => `let s${q} = sources[k * ${pixelQuads}u + column + ${q * columns}u];`)}
        ${repeat(ownOutputs, (o) => `let f${o} = factors[k * ${outputQuads}u + row + ${o * rows}u];`)}
        ${each((output, q) => `${sum(output, q)} += f${output >> 2}[${output % 4}] * s${q};`)}
      }
      workgroupBarrier();
    }
  }
  ${repeat(
    threadOutputs,
    (output) => `{
    let j = firstOutput + 4u * (row + ${(output >> 2) * rows}u) + ${output % 4}u;
    if (j < given.outputs) {
      ${repeat(
        ownPixels,
        (q) => `{
        let p = firstPixel + 4u * (column + ${q * columns}u);
        if (p < given.pixels) { store(j, p, ${sum(output, q)}, min(4u, given.pixels - p)); }
      }`,
      )}
    }
  }`,
  )}`,
  };
}
