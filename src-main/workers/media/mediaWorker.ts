import type { WorkerPort } from '../protocol.ts';
import { serveCalls } from '../serveCalls.ts';
import { workerArgument } from '../workerArgument.ts';
import type { ContrastWindow } from './displayRaster.ts';
import type { MediaSource, Picture } from './mediaSource.ts';
import { OpenSources } from './openSources.ts';
import { renderImage, renderMask, renderThumbnail } from './renderPicture.ts';
import { ThumbnailCache } from './thumbnailCache.ts';
import { Turns } from './turns.ts';

/** Decoded images are large: few at a time, whatever the window asks for. */
const AT_ONCE = 2;

/** Draws pictures of datasets. `cacheFolder` receives thumbnails. */
export const mediaCalls = (cacheFolder: string) => {
  const sources = new OpenSources();
  const cache = new ThumbnailCache(cacheFolder);
  const turns = new Turns(AT_ONCE);
  return {
    thumbnail: async (media: MediaSource): Promise<Picture> =>
      (await cache.get(media.imageHash)) ??
      turns.take(async () => {
        const picture = await sources.use(media.root, (source) => renderThumbnail(source, media));
        await cache.put(media.imageHash, picture);
        return picture;
      }),
    image: ({ media, window }: { media: MediaSource; window: ContrastWindow }): Promise<Picture> =>
      turns.take(() => sources.use(media.root, (source) => renderImage(source, media, window))),
    mask: ({ media, size }: { media: MediaSource; size: number | null }): Promise<Picture> =>
      turns.take(() => sources.use(media.root, (source) => renderMask(source, media, size))),
  };
};
export type MediaCalls = ReturnType<typeof mediaCalls>;

/** The process that decodes pictures for the window; --cache is the folder for thumbnails. */
export function mediaWorker(port: WorkerPort): void {
  serveCalls(port, mediaCalls(workerArgument('cache')));
}
