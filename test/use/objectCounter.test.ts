import { expect, test } from 'vitest';
import { Random } from '#common/random.ts';
import { ObjectCounter } from '../../src-main/use/objectCounter.ts';

function count(rows: readonly string[]) {
  const counter = new ObjectCounter();
  for (const row of rows) counter.push(Uint8Array.from(row, (letter) => (letter === '#' ? 1 : 0)));
  return counter.result();
}

test('objects that touch at a corner are one, others are apart', () => {
  expect(count(['##..#', '..#..', '.....', '#...#'])).toEqual({ area: 6, areas: [3, 1, 1, 1] });
});

test('arms that meet further down are one object with one area', () => {
  expect(count(['#.#.#', '#.#.#', '#####'])).toEqual({ area: 11, areas: [11] });
  expect(count(['#...#', '.#.#.', '..#..', '.#.#.', '#...#'])).toEqual({ area: 9, areas: [9] });
});

test('no foreground is no object; a row that is all foreground is one', () => {
  expect(count(['...', '...'])).toEqual({ area: 0, areas: [] });
  expect(count(['###'])).toEqual({ area: 3, areas: [3] });
});

test('noise gives the components that a flood fill finds', () => {
  const random = Random.fromSeed(5);
  const [width, height] = [61, 47];
  const mask = Uint8Array.from({ length: width * height }, () => (random.uniform() < 0.42 ? 1 : 0));
  const counter = new ObjectCounter();
  for (let y = 0; y < height; y++) counter.push(mask.subarray(y * width, (y + 1) * width));
  const left = mask.slice();
  const areas: number[] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== 1) continue;
    const stack = [start];
    left[start] = 0;
    let area = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      area += 1;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const [dx, dy] of [
        [-1, -1],
        [0, -1],
        [1, -1],
        [-1, 0],
        [1, 0],
        [-1, 1],
        [0, 1],
        [1, 1],
      ] as const) {
        const [nx, ny] = [x + dx, y + dy];
        const next = ny * width + nx;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height || left[next] !== 1) continue;
        left[next] = 0;
        stack.push(next);
      }
    }
    areas.push(area);
  }
  expect(counter.result().areas).toEqual(areas.sort((a, b) => b - a));
});
