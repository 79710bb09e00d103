import { describe, expect, it, vi } from 'vitest';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { CcnetError } from '#common/errors.ts';
import { type MediaSources, serveMedia } from '../../src-main/shell/protocol/serveMedia.ts';
import type { MediaSource, Picture } from '../../src-main/workers/media/mediaSource.ts';

const source: MediaSource = {
  reading: PLAIN_READING,
  root: '/data/glas',
  image: 'images/a.png',
  masks: ['masks/a.png'],
  page: 0,
  width: 8,
  height: 8,
  imageHash: 'ab'.repeat(32),
  maskHash: 'cd'.repeat(32),
  datasetChannels: 3,
};
const picture: Picture = { type: 'image/png', bytes: new Uint8Array([1]) };

const by = { classifier: { weights: [1], intercept: 0, threshold: 0.5 }, workingSide: 256 };

function media(found: MediaSource | null = source, measured = true) {
  const find = vi.fn(async () => found);
  const draw = vi.fn<(kind: string, payload: unknown) => Promise<Picture>>().mockResolvedValue(picture);
  const classifier = async () => (measured ? by : null);
  const mask = vi.fn(async (network: number) => (network === 7 ? new Uint8Array([2]) : null));
  const serve = serveMedia({ find, draw, classifier, found: mask } as unknown as MediaSources);
  return { find, draw, mask, get: (path: string, query = '') => serve(path, new URLSearchParams(query)) };
}

describe('a picture of the window', () => {
  it('is drawn from what the open project knows of its id', async () => {
    const { get, find, draw } = media();
    expect(await get('image/3', 'low=0.25&high=0.5&p=whatever')).toBe(picture);
    expect(find).toHaveBeenCalledExactlyOnceWith(3);
    expect(draw).toHaveBeenCalledExactlyOnceWith('image', {
      media: source,
      window: { low: 0.25, high: 0.5 },
    });
  });

  it.each(['thumbnail', 'small-mask', 'mask'])('of kind %s needs nothing but its id', async (kind) => {
    const { get, draw } = media();
    await get(`${kind}/3`);
    expect(draw).toHaveBeenCalledExactlyOnceWith(kind, source);
  });

  it('as a network sees it is drawn at a working resolution, the usual one unless told', async () => {
    const { get, draw } = media();
    await get('working/3', 'side=512');
    await get('working-mask/3');
    expect(draw.mock.calls).toEqual([
      ['working', { media: source, side: 512 }],
      ['working-mask', { media: source, side: 256 }],
    ]);
    expect(await get('working/3', 'side=8')).toBe(400);
    expect(await get('working/3', 'side=1e9')).toBe(400);
  });

  it('of what simple features find is drawn by the rule that was measured, and is not there without one', async () => {
    const { get, draw } = media();
    expect(await get('probability/3')).toBe(picture);
    expect(draw).toHaveBeenCalledExactlyOnceWith('probability', { media: source, by });
    expect(await media(source, false).get('probability/3')).toBe(404);
  });

  it('of what a network found comes from the project itself', async () => {
    const { get, draw, mask } = media();
    expect(await get('found/3', 'network=7')).toEqual({ type: 'image/png', bytes: new Uint8Array([2]) });
    expect(mask).toHaveBeenCalledExactlyOnceWith(7, 3);
    expect(await get('found/3', 'network=8')).toBe(404);
    for (const query of ['', 'network=', 'network=0', 'network=1.5', 'network=../7', 'network=1e400'])
      expect(await get('found/3', query)).toBe(400);
    expect(draw).not.toHaveBeenCalled();
  });

  it('is not found when the id belongs to another project, or to none', async () => {
    const { get, draw } = media(null);
    expect(await get('image/999')).toBe(404);
    expect(draw).not.toHaveBeenCalled();
  });

  it.each([
    ['a path for an id', 'image/..%2f..%2fetc%2fpasswd', ''],
    ['a path after the id', 'image/1/../../secret', ''],
    ['SQL for an id', 'image/1 OR 1=1', ''],
    ['an id of zero', 'image/0', ''],
    ['an id beyond all numbers', `image/${'9'.repeat(40)}`, ''],
    ['an unknown kind', 'file/1', ''],
    ['a kind from the prototype', 'constructor/1', ''],
    ['a window that is not a number', 'image/1', 'low=abc'],
    ['a window beyond the range', 'image/1', 'high=1e9'],
    ['an empty window', 'image/1', 'low=0.5&high=0.5'],
  ])('is refused for %s', async (_what, path, query) => {
    const { get, find } = media();
    expect(await get(path, query)).toBe(400);
    expect(find).not.toHaveBeenCalled();
  });

  it('is missing, not fatal, when its file has gone', async () => {
    const { get, draw } = media();
    draw.mockRejectedValueOnce(new CcnetError('dataset-missing', { dataset: 'a', root: '/a' }));
    expect(await get('mask/1')).toBe(404);
  });
});
