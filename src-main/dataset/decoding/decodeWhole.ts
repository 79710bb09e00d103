import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import { onDecoderWarning, sharp, tellDecoders } from './imageDecoder.ts';
import type { PictureFormat } from './imageFormat.ts';
import { SharedTurns } from './sharedTurns.ts';

/** Longest time that one page may take to decode. */
export const DECODE_SECONDS = 120;

/** What decoders say where pixels are lost, and made up: they call it a warning, and go on. */
const LOST =
  /corrupt|premature|truncat|discarding|not enough|insufficient|invalid frame|inconsistent|bogus|terminat|read error|cod(e|ing) error|overrun|out of (data|bounds)/i;

/**
 * How strict libvips is. Only its strictest level refuses pixels that are not in the file where zeros take the place of tiles of a TIFF,
 * of what follows a damaged GIF frame, and of the end of a JPEG. The others are refused at the level below, which leaves odd metadata alone.
 */
const LEVEL: Readonly<Record<PictureFormat, 'error' | 'warning'>> = {
  tiff: 'warning',
  gif: 'warning',
  jpeg: 'warning',
  png: 'error',
  webp: 'error',
  bmp: 'error',
};

export interface DecodedPixels {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number; readonly channels: number };
}

const turns = new SharedTurns();

/**
 * Decodes pixels, all of which stand in the file.
 * @param input bytes, or the path of a file
 * @param shape says in which space and depth
 * @throws Error with the decoder's words when the file is damaged or cut off, also where the decoder only warns of it
 */
export function decodeWhole(
  input: SharpInput,
  format: PictureFormat,
  options: SharpOptions,
  shape: (image: Sharp) => Sharp,
): Promise<DecodedPixels> {
  return readWhole(format, (failOn) =>
    shape(sharp(input, { ...options, failOn }))
      .timeout({ seconds: DECODE_SECONDS })
      .toBuffer({ resolveWithObject: true }),
  );
}

/**
 * Has libvips read a file, as strictly as its format asks.
 * @param read may be asked twice @throws as decodeWhole
 */
export async function readWhole<Result>(
  format: PictureFormat,
  read: (failOn: 'error' | 'warning') => Promise<Result>,
): Promise<Result> {
  const attempt = (failOn: 'error' | 'warning') => readOnce(() => read(failOn));
  const level = LEVEL[format];
  const first = await turns.shared(() => attempt(level));
  if ('result' in first && first.lost.length === 0) return first.result;
  if ('error' in first) {
    // At that level a JPEG is refused for whatever is unusual of it, also where all pixels are there.
    if (format !== 'jpeg' || LOST.test(String(first.error))) throw first.error;
    return alone(() => attempt('error'));
  }
  return alone(() => attempt(level));
}

/** Reads while nothing else is read, so that a warning is about this image: what a decoder that just ended says late is not said twice. */
async function alone<Result>(attempt: () => Promise<Attempt<Result>>): Promise<Result> {
  return turns.alone(async () => {
    let last = await attempt();
    if ('result' in last && last.lost.length > 0) last = await attempt();
    if ('error' in last) throw last.error;
    if (last.lost.length > 0) throw new Error(last.lost[0]);
    return last.result;
  });
}

type Attempt<Result> =
  { readonly result: Result; readonly lost: readonly string[] } | { readonly error: unknown };

async function readOnce<Result>(read: () => Promise<Result>): Promise<Attempt<Result>> {
  const lost: string[] = [];
  const end = onDecoderWarning((warning) => {
    if (LOST.test(warning)) lost.push(warning.trim());
  });
  try {
    return { result: await read(), lost };
  } catch (error) {
    // What was said of other images may have come with it.
    tellDecoders(String(error));
    return { error };
  } finally {
    end();
  }
}
