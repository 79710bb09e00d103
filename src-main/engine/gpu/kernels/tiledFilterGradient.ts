import { FILTER_BUFFERS, FILTER_PARAMETERS } from './filterGradient.ts';
import { type Kernel, repeat } from './kernel.ts';

/** Positions in workgroup memory at a time. */
const DEPTH = 8;

/** Both sides are multiples of 32, those of a thread multiples of four. */
export interface FilterTile {
  readonly lefts: number;
  readonly rights: number;
  readonly threadLefts: number;
  readonly threadRights: number;
}

/**
 * The gradient of a wide filter, as a matrix product over positions: group.x counts tiles of channels, group.y taps, group.z parts of
 * the positions. Rounds overlap as in tiledProduct.
 */
export function tiledFilterGradient(tile: FilterTile): Kernel {
  const { lefts, rights, threadLefts, threadRights } = tile;
  const [columns, rows] = [rights / threadRights, lefts / threadLefts];
  const threads = columns * rows;
  const [leftQuads, rightQuads] = [lefts / 4, rights / 4];
  const [leftHalf, rightHalf] = [DEPTH * leftQuads, DEPTH * rightQuads];
  const [ownLefts, ownRights] = [threadLefts / 4, threadRights / 4];
  const [broughtLefts, broughtRights] = [leftHalf / threads, rightHalf / threads];
  const channelStep = threads / DEPTH;
  const sum = (left: number, quad: number) => `sum${left}_${quad}`;
  const each = (line: (left: number, quad: number) => string) =>
    repeat(threadLefts, (left) => repeat(ownRights, (quad) => line(left, quad)));
  const fetch = `
      {
        let p = first + ownPosition;
        let q = min(p, given.pixels - 1u);
        let line = q / given.width;
        let y = i32((line % given.height) * given.stride) + dy;
        let x = i32((q % given.width) * given.stride) + dx;
        let counted = p < end;
        let inside = counted && y >= 0 && y < given.sourceHeight && x >= 0 && x < given.sourceWidth;
        let at = select(0u, line / given.height * u32(given.sourceHeight * given.sourceWidth) + u32(y * given.sourceWidth + x), inside);
        ${repeat(broughtLefts, (i) => `left${i} = fourLefts(firstLeft + 4u * (ownChannel + ${i * channelStep}u), at, inside);`)}
        ${repeat(broughtRights, (i) => `right${i} = fourRights(firstRight + 4u * (ownChannel + ${i * channelStep}u), q, counted);`)}
      }`;
  // Neighbouring threads write to neighbouring positions: the exclusive or puts these into different banks.
  const place = (half: string, quads: number, position: string, quad: string) =>
    `${half} * ${DEPTH * quads}u + ${position} * ${quads}u + ((${quad}) ^ ${position})`;
  const put = (half: string) => `
      ${repeat(broughtLefts, (i) => `leftTile[${place(half, leftQuads, 'ownPosition', `ownChannel + ${i * channelStep}u`)}] = left${i};`)}
      ${repeat(broughtRights, (i) => `rightTile[${place(half, rightQuads, 'ownPosition', `ownChannel + ${i * channelStep}u`)}] = right${i};`)}`;
  return {
    label: `tiled filter gradient ${lefts}x${rights} by ${threadLefts}x${threadRights}`,
    buffers: FILTER_BUFFERS,
    parameters: FILTER_PARAMETERS,
    threads,
    declarations: `
var<workgroup> leftTile: array<vec4<f32>, ${2 * leftHalf}>;
var<workgroup> rightTile: array<vec4<f32>, ${2 * rightHalf}>;
fn store(at: u32, four: vec4<f32>, count: u32) {
  var values = four;
  for (var i = 0u; i < count; i++) { gradients[at + i] = values[i]; }
}
fn fourLefts(a: u32, at: u32, inside: bool) -> vec4<f32> {
  let begin = given.leftAt + at;
  let c = min(vec4<u32>(a, a + 1u, a + 2u, a + 3u), vec4<u32>(given.lefts - 1u)) * given.sourcePixels;
  let four = vec4<f32>(left[begin + c.x], left[begin + c.y], left[begin + c.z], left[begin + c.w]);
  return select(vec4<f32>(), four, vec4<bool>(inside));
}
fn fourRights(b: u32, p: u32, counted: bool) -> vec4<f32> {
  let begin = given.rightAt + p;
  let c = min(vec4<u32>(b, b + 1u, b + 2u, b + 3u), vec4<u32>(given.rights - 1u)) * given.pixels;
  let four = vec4<f32>(right[begin + c.x], right[begin + c.y], right[begin + c.z], right[begin + c.w]);
  return select(vec4<f32>(), four, vec4<bool>(counted));
}`,
    body: `
  let rightTiles = (given.rights + ${rights - 1}u) / ${rights}u;
  let firstLeft = group.x / rightTiles * ${lefts}u;
  let firstRight = group.x % rightTiles * ${rights}u;
  let tap = group.y;
  let dy = i32(tap / given.side) - given.pad;
  let dx = i32(tap % given.side) - given.pad;
  let column = thread % ${columns}u;
  let row = thread / ${columns}u;
  // What this thread brings: neighbours bring neighbouring positions of one channel.
  let ownPosition = thread % ${DEPTH}u;
  let ownChannel = thread / ${DEPTH}u;
  let begin = group.z * given.chunk;
  let end = min(begin + given.chunk, given.pixels);
  ${each((left, quad) => `var ${sum(left, quad)} = vec4<f32>();`)}
  ${repeat(broughtLefts, (i) => `var left${i}: vec4<f32>;`)}
  ${repeat(broughtRights, (i) => `var right${i}: vec4<f32>;`)}
  let rounds = (end - begin + ${DEPTH - 1}u) / ${DEPTH}u;
  for (var round = 0u; round <= rounds; round++) {
    if (round < rounds) {
      let first = begin + round * ${DEPTH}u;
      ${fetch}
    }
    if (round > 0u) {
      let half = (round - 1u) & 1u;
      for (var k = 0u; k < ${DEPTH}u; k++) {
        ${repeat(ownLefts, (l) => `let l${l} = leftTile[${place('half', leftQuads, 'k', `row + ${l * rows}u`)}];`)}
        ${repeat(ownRights, (r) => `let r${r} = rightTile[${place('half', rightQuads, 'k', `column + ${r * columns}u`)}];`)}
        ${each((left, quad) => `${sum(left, quad)} += l${left >> 2}[${left % 4}] * r${quad};`)}
      }
    }
    if (round < rounds) {
      ${put('(round & 1u)')}
    }
    workgroupBarrier();
  }
  let to = given.gradientAt + group.z * given.size + tap * given.lefts * given.rights;
  ${repeat(
    threadLefts,
    (l) => `{
    let a = firstLeft + 4u * (row + ${(l >> 2) * rows}u) + ${l % 4}u;
    if (a < given.lefts) {
      ${repeat(
        ownRights,
        (quad) => `{
        let b = firstRight + 4u * (column + ${quad * columns}u);
        if (b < given.rights) { store(to + a * given.rights + b, ${sum(l, quad)}, min(4u, given.rights - b)); }
      }`,
      )}
    }
  }`,
  )}`,
  };
}
