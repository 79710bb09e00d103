import { expect, it } from 'vitest';
import { fileStem } from '#common/fileStem.ts';

it.each([
  ['cells', 'cells'],
  ['lung cells / 2', 'lung-cells-2'],
  ['Zellkörper.v2', 'Zellkörper.v2'],
  ['../../etc', 'etc'],
  ['...', 'dataset'],
  ['CON', 'dataset-CON'],
  ['a\u202eb\u001b[31m', 'a-b-31m'],
])('%j is called %j in the names of files', (name, stem) => {
  expect(fileStem(name)).toBe(stem);
});

it('a name of 200 letters of three bytes leaves room in a file name of 255 bytes', () => {
  const bytes = Buffer.byteLength(fileStem('細'.repeat(200)));
  expect(bytes).toBeLessThanOrEqual(120);
  expect(bytes).toBeGreaterThan(110);
});
