import { describe, expect, it } from 'vitest';
import { datasetFolder, droppedSources } from '../../src-renderer/state/intake/droppedSources.ts';
import { pairingDraft, toPairing } from '../../src-renderer/state/intake/pairingDraft.ts';
import { discoverPairs } from '../../src-main/dataset/pairing/discoverPairs.ts';
import { asksForPlanes } from '../../src-renderer/state/intake/asksForPlanes.ts';
import { groupWords, proposedDraft, requestedGroups } from '../../src-renderer/state/intake/groupDraft.ts';
import { giveMeaning } from '../../src-renderer/state/intake/maskMeanings.ts';
import { suggestName } from '../../src-renderer/state/intake/suggestName.ts';

describe('what was dropped', () => {
  it('is folders and archives as they are, and of loose images exactly those', () => {
    const dropped = droppedSources([
      { path: '/lab/a', isFolder: true },
      { path: '/lab/b.ZIP', isFolder: false },
      { path: '/lab/c/1.png', isFolder: false },
      { path: '/lab/c/2.png', isFolder: false },
      { path: '', isFolder: false },
    ]);
    expect(dropped).toEqual([
      { path: '/lab/a' },
      { path: '/lab/b.ZIP' },
      { path: '/lab/c', files: ['1.png', '2.png'] },
    ]);
  });

  it('may come from Windows', () => {
    expect(droppedSources([{ path: 'D:\\lab\\1.tif', isFolder: false }])).toEqual([
      { path: 'D:\\lab', files: ['1.tif'] },
    ]);
  });

  it('may be images with their masks from two folders: then the folder of both is the source', () => {
    const items = ['/lab/glas/images/1.png', '/lab/glas/masks/1.png', '/lab/glas/images/1.png'];
    expect(droppedSources(items.map((path) => ({ path, isFolder: false })))).toEqual([
      { path: '/lab/glas', files: ['images/1.png', 'masks/1.png'] },
    ]);
  });
});

describe('the whole folder of dropped files', () => {
  it.each([
    ['/lab/glas/images', '/lab/glas'],
    ['D:\\glas\\Masks', 'D:\\glas'],
    ['/lab/glas', '/lab/glas'],
    ['/lab/imagesTr', '/lab/imagesTr'],
  ])('of %s is %s', (folder, whole) => {
    expect(datasetFolder(folder)).toBe(whole);
  });
});

describe('the name of a new dataset', () => {
  it('is that of its folder or archive, numbered when taken', () => {
    expect(suggestName('/lab/Colon glands/', [])).toBe('Colon glands');
    expect(suggestName('C:\\lab\\glas.zip', ['glas', 'glas 2'])).toBe('glas 3');
  });
});

describe('pairing by hand', () => {
  it('starts with the unpaired images, which need the work, and all masks', () => {
    const draft = pairingDraft([{ image: 'a.png', masks: ['a_mask.png'] }], {
      images: ['a.png', 'b.png'],
      masks: ['a_mask.png', 'x_mask.png'],
    });
    expect(draft.rows.map((row) => row.image)).toEqual(['b.png', 'a.png']);
    expect(draft.masks).toEqual(['a_mask.png', 'b.png', 'x_mask.png']);
  });

  it('offers every file where no name told of a pair', () => {
    const { pairs, candidates } = discoverPairs(
      [1, 2, 3].flatMap((n) => [`raw/${n}.tif`, `drawn/${n}_x.tif`]),
    );
    expect(pairs).toEqual([]);
    const draft = pairingDraft([], candidates);
    expect(draft.rows.map(({ image }) => image).sort()).toEqual([
      ...[1, 2, 3].map((n) => `drawn/${n}_x.tif`),
      ...[1, 2, 3].map((n) => `raw/${n}.tif`),
    ]);
    expect(draft.masks).toContain('drawn/2_x.tif');
  });

  it('offers the files of a folder without masks beside pairs, and masks that are not used', () => {
    const { pairs, candidates } = discoverPairs([
      ...[1, 2, 3].flatMap((n) => [`a/images/${n}.png`, `a/masks/${n}.png`, `b/x${n}.png`, `b/y${n}.png`]),
      'a/instances/1.png',
    ]);
    const draft = pairingDraft(pairs, candidates);
    expect(draft.rows.filter(({ masks }) => masks.length === 0).map(({ image }) => image)).toEqual(
      [1, 2, 3].map((n) => `b/x${n}.png`).concat([1, 2, 3].map((n) => `b/y${n}.png`)),
    );
    expect(draft.masks).toEqual(expect.arrayContaining(['a/instances/1.png', 'a/masks/1.png', 'b/y2.png']));
  });

  it('planes of stacks are offered where they mend what is wrong', () => {
    expect(asksForPlanes([{ remedy: ['Export it.', { kind: 'choose-planes' }] }])).toBe(true);
    expect(asksForPlanes([{ remedy: 'Export it.' }, { remedy: { kind: 'pair-by-hand' } }])).toBe(false);
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

describe('images that belong together', () => {
  const samples = ['P1_1', 'P1_2', 'P2_1', 'P3_1'].map((name) => ({ name, image: `images/${name}.png` }));
  const words = (draft: Parameters<typeof groupWords>[0]) =>
    groupWords(draft, samples as unknown as Parameters<typeof groupWords>[1]);
  const draft = proposedDraft([
    {
      severity: 'warning',
      code: 'groups-in-names',
      file: '.',
      problem: '',
      remedy: { kind: 'keep-groups', pattern: '{group}_*' },
    },
  ]);

  it('are proposed as the doctor found them, and told as groups before anything is added', () => {
    expect(requestedGroups(draft)).toEqual({ groups: { by: 'name', pattern: '{group}_*' } });
    expect(words(draft)).toEqual({ text: '3 groups: p1, p2, p3', wrong: false });
  });

  it('stand each for itself without a proposal', () => {
    expect(requestedGroups(proposedDraft([]))).toEqual({});
  });

  it('say what is wrong with a rule, in words', () => {
    expect(words({ ...draft, pattern: 'P1_{group}' })).toEqual({
      text: '2 of 4 images have no group by "P1_{group}": P2_1, P3_1.',
      wrong: true,
    });
    expect(words({ ...draft, by: 'folder' })).toMatchObject({ text: '1 group: images', wrong: true });
    expect(words({ ...draft, by: 'table' }).wrong).toBe(true);
  });

  it('are named by a table once one is chosen', () => {
    const chosen = { ...draft, by: 'table', table: '/lab/patients.csv' } as const;
    expect(requestedGroups(chosen)).toEqual({ groupTable: '/lab/patients.csv' });
    expect(words(chosen).wrong).toBe(false);
  });
});

describe('the meaning of a value of the masks', () => {
  const value = (number: number, readAs: 'background' | 'foreground' | 'ignored') => ({
    value: number,
    masks: 3,
    share: 0.2,
    readAs,
  });
  const values = [
    value(0, 'background'),
    value(1, 'foreground'),
    value(2, 'foreground'),
    value(255, 'ignored'),
  ];

  it('makes a class an object or takes it out', () => {
    expect(giveMeaning(values, 2, 'background')).toEqual({ classes: [1], ignored: 255 });
    expect(giveMeaning(values, 0, 'foreground')).toEqual({ classes: [0, 1, 2], ignored: 255 });
  });

  it('leaves one value out of counting at most', () => {
    expect(giveMeaning(values, 2, 'ignored')).toEqual({ classes: [1], ignored: 2 });
    expect(giveMeaning(values, 255, 'foreground')).toEqual({ classes: [1, 2, 255], ignored: null });
  });
});
