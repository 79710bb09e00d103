import { z } from 'zod';
import { CcnetError, hasCode } from '#common/errors.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { workingSide } from '#contract/jobs/requestFields.ts';
import type { ImageClassifier } from '../../workers/media/renderWorking.ts';
import type { MediaCalls } from '../../workers/media/mediaWorker.ts';
import type { MediaSource, Picture } from '../../workers/media/mediaSource.ts';
import type { CallPayload, CallResult } from '../../workers/protocol.ts';

/** A picture, or the HTTP status of its refusal. */
export type ServeMedia = (path: string, query: URLSearchParams) => Promise<Picture | number>;

export interface MediaSources {
  /** Where an image of the open project lies; null when it has none of that id, or no project is open. */
  find(id: number): Promise<MediaSource | null>;
  /** By what brightness, colour and texture alone find in it; null where that was not measured. */
  classifier(id: number): Promise<ImageClassifier | null>;
  /** The mask that a network of the open project found on an image, as a PNG; null where there is none. */
  found(network: number, image: number): Promise<Uint8Array | null>;
  draw<Name extends keyof MediaCalls>(
    kind: Name,
    payload: CallPayload<MediaCalls, Name>,
  ): Promise<CallResult<MediaCalls, Name>>;
}

const address = z
  .string()
  .regex(/^(thumbnail|small-mask|image|mask|working|working-mask|probability|found)\/[1-9]\d{0,14}$/)
  .transform((path) => {
    const [kind, id] = path.split('/');
    return { kind: kind as Exclude<keyof MediaCalls, 'preview' | 'overlay'> | 'found', id: Number(id) };
  });

const end = z.coerce.number().min(0).max(1);
const querySchema = z
  .object({
    low: end.default(0),
    high: end.default(1),
    /** Shorter side, in pixels. */
    side: z.coerce.number().pipe(workingSide).default(DEFAULT_RECIPE.workingSide),
  })
  .refine(({ low, high }) => low < high);

const networkId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Serves thumbnail/ID, small-mask/ID, image/ID?low=&high=, mask/ID, working/ID?side=, working-mask/ID?side=, probability/ID and found/ID?network= of the open project's images; files are named by id only, never by path. */
export function serveMedia(sources: MediaSources): ServeMedia {
  return async (path, query) => {
    const wanted = address.safeParse(path).data;
    const shown = querySchema.safeParse(Object.fromEntries(query)).data;
    if (!wanted || !shown) return 400;
    try {
      if (wanted.kind === 'found') {
        const network = networkId.safeParse(query.get('network')).data;
        if (network === undefined) return 400;
        const bytes = await sources.found(network, wanted.id);
        return bytes ? { type: 'image/png', bytes } : 404;
      }
      const media = await sources.find(wanted.id);
      if (!media) return 404;
      if (wanted.kind === 'image') {
        const { low, high } = shown;
        return await sources.draw('image', { media, window: { low, high } });
      }
      if (wanted.kind === 'working' || wanted.kind === 'working-mask')
        return await sources.draw(wanted.kind, { media, side: shown.side });
      if (wanted.kind === 'probability') {
        const by = await sources.classifier(wanted.id);
        return by ? await sources.draw('probability', { media, by }) : 404;
      }
      return await sources.draw(wanted.kind, media);
    } catch (error) {
      // The file is gone, damaged or not to be asked for: the page shows its own sign for that.
      const known = error instanceof CcnetError && !hasCode(error, 'worker-died', 'cancelled');
      return known ? 404 : 503;
    }
  };
}
