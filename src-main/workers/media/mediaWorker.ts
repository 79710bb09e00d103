import { join } from 'node:path';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import type { WorkerPort } from '../protocol.ts';
import { serveCalls } from '../serveCalls.ts';
import { workerArgument } from '../workerArgument.ts';
import type { ContrastWindow } from './displayRaster.ts';
import type { MediaSource, Picture } from './mediaSource.ts';
import { OpenSources } from './openSources.ts';
import {
  renderImage,
  renderMask,
  renderSmallMask,
  renderThumbnail,
  renderWorkingMask,
} from './renderPicture.ts';
import { type OverlaySource, renderOverlay } from './renderOverlay.ts';
import { type PreviewKind, renderPreview } from './renderPreview.ts';
import { type ImageClassifier, renderProbability, renderWorking } from './renderWorking.ts';
import { ThumbnailCache } from './thumbnailCache.ts';
import { Turns } from './turns.ts';

/** Decoded images are large: few at a time, whatever the window asks for. */
const AT_ONCE = 2;

type Render = (source: DatasetSource, media: MediaSource) => Promise<Picture>;

/** Draws pictures of datasets. `cacheFolder` receives thumbnails and small masks. */
export const mediaCalls = (cacheFolder: string) => {
  const sources = new OpenSources();
  const thumbnails = new ThumbnailCache(cacheFolder);
  const smallMasks = new ThumbnailCache(join(cacheFolder, 'masks'));
  const turns = new Turns(AT_ONCE);

  async function kept(
    cache: ThumbnailCache,
    hash: string,
    media: MediaSource,
    render: Render,
  ): Promise<Picture> {
    const known = await cache.get(hash, media);
    if (known) return known;
    return turns.take('soon', async () => {
      const picture = await sources.use(media.root, (source) => render(source, media));
      await cache.put(hash, media, picture);
      return picture;
    });
  }
  return {
    thumbnail: (media: MediaSource): Promise<Picture> =>
      kept(thumbnails, media.imageHash, media, renderThumbnail),
    'small-mask': (media: MediaSource): Promise<Picture> =>
      kept(smallMasks, media.maskHash, media, renderSmallMask),
    preview: ({ root, file, as }: { root: string; file: string; as: PreviewKind }): Promise<Picture> =>
      turns.take('soon', () => sources.use(root, (source) => renderPreview(source, file, as))),
    overlay: ({ root, ...wanted }: { root: string } & OverlaySource): Promise<Picture> =>
      turns.take('soon', () => sources.use(root, (source) => renderOverlay(source, wanted))),
    image: ({ media, window }: { media: MediaSource; window: ContrastWindow }): Promise<Picture> =>
      turns.take('now', () => sources.use(media.root, (source) => renderImage(source, media, window))),
    working: ({ media, side }: { media: MediaSource; side: number }): Promise<Picture> =>
      turns.take('now', () => sources.use(media.root, (source) => renderWorking(source, media, side))),
    'working-mask': ({ media, side }: { media: MediaSource; side: number }): Promise<Picture> =>
      turns.take('now', () => sources.use(media.root, (source) => renderWorkingMask(source, media, side))),
    probability: ({ media, by }: { media: MediaSource; by: ImageClassifier }): Promise<Picture> =>
      turns.take('now', () => sources.use(media.root, (source) => renderProbability(source, media, by))),
    mask: (media: MediaSource): Promise<Picture> =>
      turns.take('now', () => sources.use(media.root, (source) => renderMask(source, media))),
  };
};
export type MediaCalls = ReturnType<typeof mediaCalls>;

/** The process that decodes pictures for the window; --cache is the folder for thumbnails. */
export function mediaWorker(port: WorkerPort): void {
  serveCalls(port, mediaCalls(workerArgument('cache')));
}
