import { describe, expect, it } from 'vitest';
import { matchingNotices } from '../../src-renderer/components/frame/matchingNotices.ts';
import { FAKE_NOTICES } from './fake/fakeNotices.ts';

const found = (words: string): [string, number][] =>
  matchingNotices(FAKE_NOTICES, words).map(({ notice, at }) => [notice.name, at]);

describe('the search in the list of licences', () => {
  it('finds every word in name, licence or container, whatever the case, and keeps places', () => {
    expect(found('lgpl')).toEqual([['libvips', 3]]);
    expect(found('SHARP')).toEqual([
      ['sharp', 2],
      ['libvips', 3],
    ]);
    expect(found('sharp lgpl')).toEqual([['libvips', 3]]);
  });

  it('shows all for no words, and none for what is nowhere', () => {
    expect(found('  ')).toHaveLength(FAKE_NOTICES.length);
    expect(found('gpl-99')).toEqual([]);
  });
});
