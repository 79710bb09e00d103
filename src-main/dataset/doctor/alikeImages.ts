import { Random } from '#common/random.ts';
import { FINE_SIDE, fineLikeness } from '../decoding/fineThumbnail.ts';
import { correlation } from '../decoding/thumbnail.ts';

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
const MOST_IN_BUCKET = 64;

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
    const turned = COARSE_TURNS.map((turn) => turn.map((from) => image.thumbnail[from] ?? 0));
    const small = turned.map(halved);
    const compared = new Set<number>();
    tables.forEach((table, number) => {
      turned.forEach((view, way) => {
        const key = keyOf(small[way] ?? [], table);
        const bucket = buckets[number]?.get(key) ?? [];
        for (const other of bucket) {
          const one = other * TURNS + way;
          if (compared.has(one) || pairs.has(`${other},${index}`)) continue;
          compared.add(one);
          const known = images[other];
          if (known && isAlike(image, known, way, view)) pairs.set(`${other},${index}`, [other, index]);
        }
      });
      const own = keyOf(small[0] ?? [], table);
      const bucket = buckets[number]?.get(own) ?? [];
      if (bucket.length < MOST_IN_BUCKET) buckets[number]?.set(own, [...bucket, index]);
    });
  });
  return [...pairs.values()].sort(([a, b], [c, d]) => a - c || b - d);
}

function isAlike(image: Views, other: Views, way: number, turned: readonly number[]): boolean {
  if (correlation(Float32Array.from(turned), other.thumbnail) < COARSE) return false;
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

function halved(view: readonly number[]): number[] {
  const at = (x: number, y: number): number => view[y * COARSE_SIDE + x] ?? 0;
  return Array.from({ length: HASH_SIDE * HASH_SIDE }, (_, cell) => {
    const [x, y] = [2 * (cell % HASH_SIDE), 2 * Math.floor(cell / HASH_SIDE)];
    return at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1);
  });
}

function keyOf(view: readonly number[], table: readonly Float32Array[]): number {
  let key = 0;
  for (const direction of table) {
    let sum = 0;
    for (let cell = 0; cell < direction.length; cell += 1) sum += (direction[cell] ?? 0) * (view[cell] ?? 0);
    key = key * 2 + (sum > 0 ? 1 : 0);
  }
  return key;
}
