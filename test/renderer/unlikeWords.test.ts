import { expect, it } from 'vitest';
import { unlikeWords } from '../../src-renderer/state/use/unlikeWords.ts';

it.each([
  [1, 1, 'This image differs'],
  [1, 3, '1 of these 3 images differs'],
  [2, 3, '2 of these 3 images differ'],
  [6, 6, 'All 6 of these images differ'],
])('tells that %d of %d images differ', (unlike, shown, words) => {
  expect(unlikeWords(unlike, shown)).toBe(words);
});
