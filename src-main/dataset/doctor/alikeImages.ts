import { Random } from '#common/random.ts';
import { FINE_SIDE, fineLikeness } from '../decoding/fineThumbnail.ts';

/** Two views of an image: light and shade (decoding/thumbnail), and fine structure (decoding/fineThumbnail). */
export interface Views {
  readonly thumbnail: Float32Array;
  readonly fine: Int8Array;
}

/** Both must agree so far: set on the real sets of the development data, so that none of their independent images does. */
const COARSE = 0.95;
const FINE = 0.85;

const TABLES = 10;
const BITS = 14;
const COARSE_SIDE = 16;
/** Of what is projected: means of two by two. */
const HASH_SIDE = 8;
/** Images of one bucket that are compared with each other; of sets in which all images are alike there is no end otherwise. */
const MOST_IN_BUCKET = 16;
/** Images with which one is compared. */
const MOST_COMPARED = 64;

/**
 * Pairs of images that are nearly the same: saved anew, scaled, brightened, mirrored or turned. Found by random projections of their thumbnails (locality-sensitive
 * hashing, Charikar 2002), so that the time grows with the number of images and not with that of their pairs; a pair is missed with a chance of about
 * one in a hundred at the limit, and less above.
 * @returns indices, the smaller first, each pair once
 */
export function alikeImages(images: readonly Views[]): [number, number][] {
  const tables = Array.from({ length: TABLES }, (_, table) => projections(table));
  const buckets = tables.map(() => new Map<number, number[]>());
  const pairs = new Map<string, [number, number]>();
  images.forEach((image, index) => {
    const turned = COARSE_TURNS.map((turn) => Float32Array.from(turn, (from) => image.thumbnail[from] ?? 0));
    const small = turned.map(halved);
    // How many tables bring an image, seen in one of the ways, together with this one.
    const meetings = new Map<number, number>();
    tables.forEach((table, number) => {
      small.forEach((view, way) => {
        for (const other of buckets[number]?.get(keyOf(view, table)) ?? []) {
          const met = other * TURNS + way;
          meetings.set(met, (meetings.get(met) ?? 0) + 1);
        }
      });
      const own = keyOf(small[0] ?? new Float32Array(), table);
      const bucket = buckets[number]?.get(own);
      if (!bucket) buckets[number]?.set(own, [index]);
      else if (bucket.length < MOST_IN_BUCKET) bucket.push(index);
    });
    for (const met of mostMet(meetings)) {
      const [other, way] = [Math.floor(met / TURNS), met % TURNS];
      const [known, view] = [images[other], turned[way]];
      if (other === index || !known || !view || pairs.has(`${other},${index}`)) continue;
      if (isAlike(image, known, way, view)) pairs.set(`${other},${index}`, [other, index]);
    }
  });
  return [...pairs.values()].sort(([a, b], [c, d]) => a - c || b - d);
}

/** The candidates that are worth a look: those that most tables bring together. */
function mostMet(meetings: ReadonlyMap<number, number>): number[] {
  if (meetings.size <= MOST_COMPARED) return [...meetings.keys()];
  return [...meetings]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_COMPARED)
    .map(([met]) => met);
}

function isAlike(image: Views, other: Views, way: number, turned: Float32Array): boolean {
  if (coarseLikeness(turned, other.thumbnail) < COARSE) return false;
  const turn = FINE_TURNS[way] ?? [];
  return (
    fineLikeness(
      Int8Array.from(turn, (from) => image.fine[from] ?? 0),
      other.fine,
    ) >= FINE
  );
}

/** The eight ways to turn and mirror a square, as the cell from which each cell comes. */
function turns(side: number): number[][] {
  const at = (x: number, y: number): number => y * side + x;
  const last = side - 1;
  const ways: ((x: number, y: number) => number)[] = [
    at,
    (x, y) => at(last - x, y),
    (x, y) => at(x, last - y),
    (x, y) => at(last - x, last - y),
    (x, y) => at(y, x),
    (x, y) => at(last - y, x),
    (x, y) => at(y, last - x),
    (x, y) => at(last - y, last - x),
  ];
  return ways.map((way) =>
    Array.from({ length: side * side }, (_, cell) => way(cell % side, Math.floor(cell / side))),
  );
}

const COARSE_TURNS = turns(COARSE_SIDE);
const FINE_TURNS = turns(FINE_SIDE);
const TURNS = COARSE_TURNS.length;

/** Directions of a table: the same on every machine. */
function projections(table: number): Float32Array[] {
  const random = Random.fromSeed(table + 1);
  return Array.from({ length: BITS }, () =>
    Float32Array.from(
      { length: HASH_SIDE * HASH_SIDE },
      () => random.uniform() + random.uniform() + random.uniform() - 1.5,
    ),
  );
}

function halved(view: Float32Array): Float32Array {
  const at = (x: number, y: number): number => view[y * COARSE_SIDE + x] ?? 0;
  return Float32Array.from({ length: HASH_SIDE * HASH_SIDE }, (_, cell) => {
    const [x, y] = [2 * (cell % HASH_SIDE), 2 * Math.floor(cell / HASH_SIDE)];
    return at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1);
  });
}

/** As `correlation` of thumbnails, without a call for every value. */
function coarseLikeness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let cell = 0; cell < a.length; cell += 1) sum += (a[cell] ?? 0) * (b[cell] ?? 0);
  return sum;
}

function keyOf(view: Float32Array, table: readonly Float32Array[]): number {
  let key = 0;
  for (const direction of table) {
    let sum = 0;
    for (let cell = 0; cell < direction.length; cell += 1) sum += (direction[cell] ?? 0) * (view[cell] ?? 0);
    key = key * 2 + (sum > 0 ? 1 : 0);
  }
  return key;
}
