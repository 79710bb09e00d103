import { describe, expect, it } from 'vitest';
import { publicationDraft, readPublication } from '../../src-renderer/state/wizard/publicationDraft.ts';

const written = {
  authors: 'Ada L. (Analytical Engine)\n\n B',
  licence: ' CC-BY-4.0 ',
  cite: 'Our paper doi:10.1234/abc\nA page https://example.org/x',
};

describe('what is written into the form of a publication', () => {
  it('is read line by line, with affiliations, DOIs and addresses, and shown again as it was', () => {
    const read = readPublication(written);
    expect(read).toEqual({
      authors: [{ name: 'Ada L.', affiliation: 'Analytical Engine' }, { name: 'B' }],
      licence: 'CC-BY-4.0',
      cite: [
        { text: 'Our paper', doi: '10.1234/abc' },
        { text: 'A page', url: 'https://example.org/x' },
      ],
    });
    if ('wrong' in read) throw new Error('It was refused.');
    expect(readPublication(publicationDraft(read))).toEqual(read);
  });

  it.each([
    ['authors', { authors: ' \n' }],
    ['licence', { licence: 'my own!' }],
    ['cite', { cite: '' }],
    ['cite', { cite: 'A paper doi:10.1234/abc\nA book without a place' }],
  ] as const)('is refused by the field: %s', (wrong, changed) => {
    expect(readPublication({ ...written, ...changed })).toEqual({ wrong });
  });
});
