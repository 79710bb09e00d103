import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PRODUCT_VERSION } from '#common/productVersion.ts';

it('PRODUCT_VERSION is the version of package.json', () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toHaveProperty('version', PRODUCT_VERSION);
});
