import { describe, expect, it } from 'vitest';
import { countError, objectPrecision, objectRecall, pooledObjects } from '#common/training/objectScores.ts';
import { Random } from '#common/random.ts';
import { boundaryDistance } from '../../../src-main/training/objects/boundaryDistance.ts';
import { labelObjects } from '../../../src-main/training/objects/labelObjects.ts';
import { scoreObjects } from '../../../src-main/training/objects/scoreObjects.ts';

/** "#" is foreground. */
function drawing(...rows: string[]) {
  const mask = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0));
  return { mask, width: rows[0]?.length ?? 0, height: rows.length };
}
function square(side: number, top: number, left: number, size: number): Uint8Array {
  const mask = new Uint8Array(side * side);
  for (let y = top; y < top + size; y += 1) mask.fill(1, y * side + left, y * side + left + size);
  return mask;
}
function randomMask(width: number, height: number, seed: number): Uint8Array {
  const random = Random.fromSeed(seed);
  return Uint8Array.from({ length: width * height }, () => (random.uniform() < 0.45 ? 1 : 0));
}

describe('objects', () => {
  it('are connected over corners, however they wind', () => {
    const { mask, width, height } = drawing('#.#.#', '#.#..', '#####', '.....', '#.#.#', '.#.#.');
    const { labels, count } = labelObjects(mask, width, height);
    expect(count).toBe(3);
    expect([labels[0], labels[2], labels[10]]).toEqual([1, 1, 1]);
    expect(labels[4]).toBe(2);
    expect(new Set([20, 22, 24, 26, 28].map((at) => labels[at])).size).toBe(1);
  });

  it('agree with a flood fill on random masks', () => {
    for (const seed of [1, 2, 3]) {
      const [width, height] = [37, 23];
      const mask = randomMask(width, height, seed);
      const seen = new Uint8Array(mask.length);
      let count = 0;
      for (let start = 0; start < mask.length; start += 1) {
        if (mask[start] !== 1 || seen[start] === 1) continue;
        count += 1;
        const open = [start];
        seen[start] = 1;
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          const [x, y] = [at % width, Math.floor(at / width)];
          for (let dy = -1; dy <= 1; dy += 1) {
            for (let dx = -1; dx <= 1; dx += 1) {
              const [nx, ny] = [x + dx, y + dy];
              const next = ny * width + nx;
              if (nx < 0 || ny < 0 || nx >= width || ny >= height || mask[next] !== 1 || seen[next] === 1)
                continue;
              seen[next] = 1;
              open.push(next);
            }
          }
        }
      }
      expect(labelObjects(mask, width, height).count).toBe(count);
    }
  });

  it('are found when they overlap by more than half of the union', () => {
    const drawn = drawing('##..####', '##..####', '........', '##......');
    const found = drawing('##..##..', '#...##..', '........', '......##');
    // 3/4 of a union; exactly one half; nowhere near.
    expect(scoreObjects(drawn.mask, found.mask, drawn)).toMatchObject({ drawn: 3, found: 3, matched: 1 });
  });

  it('are judged by what counts alone', () => {
    const drawn = drawing('##..', '##..', '....');
    const ignoring = drawn.mask.map((mark, at) => (at % 4 === 3 ? 2 : mark));
    const found = drawing('##.#', '##.#', '....');
    expect(scoreObjects(drawn.mask, found.mask, drawn)).toMatchObject({ drawn: 1, found: 2, matched: 1 });
    expect(scoreObjects(ignoring, found.mask, drawn)).toEqual({
      drawn: 1,
      found: 1,
      matched: 1,
      boundary: 0,
    });
    // An object that goes on where nothing counts has no outline there.
    const beside = drawing('####', '####', '....');
    const nothing = drawn.mask.map((mark, at) => (at % 4 >= 2 ? 2 : mark));
    expect(scoreObjects(nothing, beside.mask, drawn)).toEqual({
      drawn: 1,
      found: 1,
      matched: 1,
      boundary: 0,
    });
  });

  it('are counted: too many, too few, none', () => {
    const scores = { drawn: 4, found: 5, matched: 3, boundary: 2 };
    expect([objectPrecision(scores), objectRecall(scores), countError(scores)]).toEqual([0.6, 0.75, 1]);
    const none = { drawn: 0, found: 0, matched: 0, boundary: null };
    expect([objectPrecision(none), objectRecall(none), countError(none)]).toEqual([null, null, 0]);
    expect(pooledObjects([scores, none, { ...scores, found: 1, matched: 1, boundary: 4 }])).toEqual({
      drawn: 8,
      found: 6,
      matched: 4,
      boundary: 3,
    });
  });
});

describe('the distance of outlines', () => {
  it('is nothing between equal masks, and unknown where there is no outline', () => {
    const mask = square(20, 5, 5, 8);
    expect(boundaryDistance(mask, mask, 20, 20)).toBe(0);
    expect(boundaryDistance(mask, new Uint8Array(400), 20, 20)).toBeNull();
    // The border of the image is no outline of what fills it.
    expect(boundaryDistance(mask, new Uint8Array(400).fill(1), 20, 20)).toBeNull();
  });

  it('is the margin between two squares around the same centre, longer at the corners', () => {
    // Outline of the inner one: 4 * 7 pixels, 3 away each; of the outer one 4 * 13, of which the corners see the inner corner.
    const value = boundaryDistance(square(30, 10, 10, 8), square(30, 7, 7, 14), 30, 30);
    const corner = [1, 2].reduce((sum, k) => sum + 2 * Math.hypot(3, k), Math.hypot(3, 3));
    expect(value).toBeCloseTo((28 * 3 + 4 * (8 * 3) + 4 * corner) / (28 + 52), 6);
  });

  it('agrees with the nearest pixel looked for one by one', () => {
    const [width, height] = [31, 19];
    const outline = (mask: Uint8Array): number[] =>
      [...mask.keys()].filter((at) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        const off = (dx: number, dy: number): boolean => {
          const [nx, ny] = [x + dx, y + dy];
          return nx >= 0 && ny >= 0 && nx < width && ny < height && mask[ny * width + nx] === 0;
        };
        return mask[at] === 1 && (off(1, 0) || off(-1, 0) || off(0, 1) || off(0, -1));
      });
    const nearest = (at: number, others: number[]): number =>
      Math.min(
        ...others.map((other) =>
          Math.hypot((at % width) - (other % width), Math.floor(at / width) - Math.floor(other / width)),
        ),
      );
    for (const seed of [4, 5, 6]) {
      const a = square(width, 2, 3, 7).slice(0, width * height);
      const b = randomMask(width, height, seed).map((value, at) => (at % 5 === seed % 5 ? value : 0));
      const [from, to] = [outline(a), outline(b)];
      const sum =
        from.reduce((all, at) => all + nearest(at, to), 0) +
        to.reduce((all, at) => all + nearest(at, from), 0);
      expect(boundaryDistance(a, b, width, height)).toBeCloseTo(sum / (from.length + to.length), 4);
    }
  });
});
