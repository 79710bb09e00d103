import { FILTER_BUFFERS, FILTER_PARAMETERS } from './filterGradient.ts';
import { type Kernel, repeat } from './kernel.ts';

/** Positions in workgroup memory at a time. */
const DEPTH = 16;

/** Both sides are multiples of four. */
export interface FilterTile {
  readonly lefts: number;
  readonly rights: number;
  readonly threadLefts: number;
  readonly threadRights: number;
}

/**
 * The gradient of a wide filter, as a matrix product over positions: group.x counts tiles of channels, group.y taps, group.z parts of
 * the positions.
 */
export function tiledFilterGradient(tile: FilterTile): Kernel {
  const { lefts, rights, threadLefts, threadRights } = tile;
  const [columns, rows] = [rights / threadRights, lefts / threadLefts];
  const threads = columns * rows;
  // One quad more than needed: neighbouring threads write to neighbouring positions, which then lie in other banks.
  const [leftPitch, rightPitch] = [lefts / 4 + 1, rights / 4 + 1];
  const [ownLefts, ownRights] = [threadLefts / 4, threadRights / 4];
  const sum = (left: number, quad: number) => `sum${left}_${quad}`;
  const each = (line: (left: number, quad: number) => string) =>
    repeat(threadLefts, (left) => repeat(ownRights, (quad) => line(left, quad)));
  return {
    label: `tiled filter gradient ${lefts}x${rights} by ${threadLefts}x${threadRights}`,
    buffers: FILTER_BUFFERS,
    parameters: FILTER_PARAMETERS,
    threads,
    declarations: `
var<workgroup> leftTile: array<vec4<f32>, ${DEPTH * leftPitch}>;
var<workgroup> rightTile: array<vec4<f32>, ${DEPTH * rightPitch}>;
fn store(at: u32, four: vec4<f32>, count: u32) {
  var values = four;
  for (var i = 0u; i < count; i++) { gradients[at + i] = values[i]; }
}
fn leftValue(a: u32, at: u32, inside: bool) -> f32 {
  let known = inside && a < given.lefts;
  return select(0.0, left[given.leftAt + select(0u, a * given.sourcePixels + at, known)], known);
}
fn rightValue(b: u32, p: u32, inside: bool) -> f32 {
  let known = inside && b < given.rights;
  return select(0.0, right[given.rightAt + select(0u, b * given.pixels + p, known)], known);
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
  let begin = group.z * given.chunk;
  let end = min(begin + given.chunk, given.pixels);
  ${each((left, quad) => `var ${sum(left, quad)} = vec4<f32>();`)}
  for (var first = begin; first < end; first += ${DEPTH}u) {
    for (var i = thread; i < ${DEPTH * (lefts / 4)}u; i += ${threads}u) {
      let p = first + i % ${DEPTH}u;
      let q = min(p, given.pixels - 1u);
      let line = q / given.width;
      let y = i32((line % given.height) * given.stride) + dy;
      let x = i32((q % given.width) * given.stride) + dx;
      let inside = p < end && y >= 0 && y < given.sourceHeight && x >= 0 && x < given.sourceWidth;
      let at = line / given.height * u32(given.sourceHeight * given.sourceWidth) + u32(max(y, 0) * given.sourceWidth + max(x, 0));
      let c = i / ${DEPTH}u;
      let a = firstLeft + 4u * c;
      leftTile[i % ${DEPTH}u * ${leftPitch}u + c] = vec4<f32>(
        leftValue(a, at, inside), leftValue(a + 1u, at, inside), leftValue(a + 2u, at, inside), leftValue(a + 3u, at, inside));
    }
    for (var i = thread; i < ${DEPTH * (rights / 4)}u; i += ${threads}u) {
      let p = first + i % ${DEPTH}u;
      let inside = p < end;
      let c = i / ${DEPTH}u;
      let b = firstRight + 4u * c;
      rightTile[i % ${DEPTH}u * ${rightPitch}u + c] = vec4<f32>(
        rightValue(b, p, inside), rightValue(b + 1u, p, inside), rightValue(b + 2u, p, inside), rightValue(b + 3u, p, inside));
    }
    workgroupBarrier();
    for (var k = 0u; k < ${DEPTH}u; k++) {
      ${repeat(ownLefts, (l) => `let l${l} = leftTile[k * ${leftPitch}u + row + ${l * rows}u];`)}
      ${repeat(ownRights, (r) => `let r${r} = rightTile[k * ${rightPitch}u + column + ${r * columns}u];`)}
      ${each((left, quad) => `${sum(left, quad)} += l${left >> 2}[${left % 4}] * r${quad};`)}
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
