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
 * in memory (im2col): the shift of a tap is in the addresses, computed once for each tap. What the next round needs is fetched into
 * registers before this one is multiplied, and goes to the other half of the workgroup's memory: memory is not waited for, and a round has
 * one barrier.
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
  const [sourceQuads, factorQuads] = [depth * pixelQuads, depth * outputQuads];
  // What a thread brings: rows of the same four positions, and quads of weights.
  const [broughtRows, broughtFactors] = [sourceQuads / threads, Math.ceil(factorQuads / threads)];
  const rowStep = threads / pixelQuads;
  const sum = (output: number, quad: number) => `sum${output}_${quad}`;
  const each = (line: (output: number, quad: number) => string) =>
    repeat(threadOutputs, (output) => repeat(ownPixels, (quad) => line(output, quad)));
  const [weightRow, weightColumn] =
    weightsAlong === 'outputs'
      ? [`i / ${outputQuads}u`, `i % ${outputQuads}u`]
      : [`i % ${depth}u`, `i / ${depth}u`];
  // The last thread may have no quad of weights left.
  const guarded = (index: number, text: string) =>
    (index + 1) * threads > factorQuads
      ? `if (thread < ${factorQuads - index * threads}u) { ${text} }`
      : `{ ${text} }`;
  const fetch = `
      ${repeat(
        broughtRows,
        (r) => `{
        let k = first + thread / ${pixelQuads}u + ${r * rowStep}u;
        let begin = given.sourceAt + min(k, given.inputs - 1u) * given.sourcePixels;
        let four = vec4<f32>(source[begin + at.x], source[begin + at.y], source[begin + at.z], source[begin + at.w]);
        source${r} = select(vec4<f32>(), four, inside & vec4<bool>(k < given.inputs));
      }`,
      )}
      ${repeat(broughtFactors, (f) =>
        guarded(
          f,
          `let i = thread + ${f * threads}u;
        let k = first + ${weightRow};
        let j = firstOutput + 4u * (${weightColumn});
        factor${f} = vec4<f32>(weight(tap, k, j), weight(tap, k, j + 1u), weight(tap, k, j + 2u), weight(tap, k, j + 3u));`,
        ),
      )}`;
  const put = (half: string) => `
      ${repeat(broughtRows, (r) => `sources[${half} * ${sourceQuads}u + thread + ${r * threads}u] = source${r};`)}
      ${repeat(broughtFactors, (f) =>
        guarded(
          f,
          `let i = thread + ${f * threads}u;
        factors[${half} * ${factorQuads}u + (${weightRow}) * ${outputQuads}u + ${weightColumn}] = factor${f};`,
        ),
      )}`;
  const aim = `
      let y = rowOf + given.sign * (i32(tap / given.side) - given.pad);
      let x = columnOf + given.sign * (i32(tap % given.side) - given.pad);
      inside = known & (y >= vec4<i32>()) & (y < vec4<i32>(given.sourceHeight))
        & (x >= vec4<i32>()) & (x < vec4<i32>(given.sourceWidth));
      at = select(vec4<u32>(), imageOf + vec4<u32>(y * given.sourceWidth + x), inside);`;
  return {
    label: `tiled product ${pixels}x${outputs} by ${threadPixels}x${threadOutputs} depth ${depth} along ${weightsAlong}, ${variantLabel(variant)}`,
    buffers: productBuffers(variant),
    parameters: GATHER_PARAMETERS,
    threads,
    declarations: `
var<workgroup> sources: array<vec4<f32>, ${2 * sourceQuads}>;
var<workgroup> factors: array<vec4<f32>, ${2 * factorQuads}>;
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
  var rowOf: vec4<i32>;
  var columnOf: vec4<i32>;
  var imageOf: vec4<u32>;
  var known: vec4<bool>;
  for (var i = 0u; i < 4u; i++) {
    let p = firstPixel + 4u * (thread % ${pixelQuads}u) + i;
    known[i] = p < given.pixels;
    let q = min(p, given.pixels - 1u);
    let line = q / given.width;
    rowOf[i] = i32((line % given.height) * given.stride);
    columnOf[i] = i32((q % given.width) * given.stride);
    imageOf[i] = line / given.height * u32(given.sourceHeight * given.sourceWidth);
  }
  ${each((output, q) => `var ${sum(output, q)} = vec4<f32>();`)}
  ${repeat(broughtRows, (r) => `var source${r} = vec4<f32>();`)}
  ${repeat(broughtFactors, (f) => `var factor${f} = vec4<f32>();`)}
  var tap = 0u;
  var first = 0u;
  var inside: vec4<bool>;
  var at: vec4<u32>;
  let rounds = given.side * given.side * ((given.inputs + ${depth - 1}u) / ${depth}u);
  // The first round only fetches, the last only multiplies.
  for (var round = 0u; round <= rounds; round++) {
    if (round < rounds) {
      if (first == 0u) {
        ${aim}
      }
      ${fetch}
      first += ${depth}u;
      if (first >= given.inputs) {
        first = 0u;
        tap++;
      }
    }
    if (round > 0u) {
      let half = (round - 1u) & 1u;
      let sourceBegin = half * ${sourceQuads}u + column;
      let factorBegin = half * ${factorQuads}u + row;
      for (var k = 0u; k < ${depth}u; k++) {
        ${repeat(ownPixels, (q) => `let s${q} = sources[sourceBegin + k * ${pixelQuads}u + ${q * columns}u];`)}
        ${repeat(ownOutputs, (o) => `let f${o} = factors[factorBegin + k * ${outputQuads}u + ${o * rows}u];`)}
        ${each((output, q) => `${sum(output, q)} += f${output >> 2}[${output % 4}] * s${q};`)}
      }
    }
    if (round < rounds) {
      ${put('(round & 1u)')}
    }
    workgroupBarrier();
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
