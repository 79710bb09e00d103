import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const file = (path: string): URL => new URL(`../../${path}`, import.meta.url);

it('the vocabulary names files that exist, and README leads to it', () => {
  const page = readFileSync(file('docs/vocabulary.md'), 'utf8');
  const named = [...page.matchAll(/`([\w]+\/[\w/.]*)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(file(`src-main/${path}`)))).toEqual([]);
  expect(readFileSync(file('README.md'), 'utf8')).toContain('docs/vocabulary.md');
});
