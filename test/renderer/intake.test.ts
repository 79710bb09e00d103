import { describe, expect, it } from 'vitest';
import { droppedSources } from '../../src-renderer/state/droppedSources.ts';
import { pairingDraft, toPairing } from '../../src-renderer/state/pairingDraft.ts';
import { suggestName } from '../../src-renderer/state/suggestName.ts';

describe('what was dropped', () => {
  it('is folders and archives as they are, and the folder of loose images once', () => {
    const dropped = droppedSources([
      { path: '/lab/a', isFolder: true },
      { path: '/lab/b.ZIP', isFolder: false },
      { path: '/lab/c/1.png', isFolder: false },
      { path: '/lab/c/2.png', isFolder: false },
      { path: '', isFolder: false },
    ]);
    expect(dropped).toEqual({ paths: ['/lab/a', '/lab/b.ZIP', '/lab/c'], widened: true });
  });

  it('may come from Windows', () => {
    expect(droppedSources([{ path: 'D:\\lab\\1.tif', isFolder: false }]).paths).toEqual(['D:\\lab']);
  });
});

describe('the name of a new dataset', () => {
  it('is that of its folder or archive, numbered when taken', () => {
    expect(suggestName('/lab/Colon glands/', [])).toBe('Colon glands');
    expect(suggestName('C:\\lab\\glas.zip', ['glas', 'glas 2'])).toBe('glas 3');
  });
});

describe('pairing by hand', () => {
  const finding = (code: string, file: string) => ({
    severity: 'error' as const,
    code,
    file,
    problem: '',
    remedy: '',
  });

  it('starts with the unpaired images, which need the work, and all masks', () => {
    const draft = pairingDraft(
      [{ image: 'a.png', masks: ['a_mask.png'] }],
      [
        finding('unpaired-image', 'b.png'),
        finding('unpaired-mask', 'x_mask.png'),
        finding('few-images', '.'),
      ],
    );
    expect(draft.rows.map((row) => row.image)).toEqual(['b.png', 'a.png']);
    expect(draft.masks).toEqual(['a_mask.png', 'b.png', 'x_mask.png']);
  });

  it('leaves out images without a mask and files that serve as masks', () => {
    expect(
      toPairing([
        { image: 'a.png', masks: ['b.png'] },
        { image: 'b.png', masks: [] },
        { image: 'c.png', masks: [] },
      ]),
    ).toEqual({ 'a.png': ['b.png'] });
  });
});
