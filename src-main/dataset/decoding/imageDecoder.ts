import library, { type Sharp, type SharpInput, type SharpOptions } from 'sharp';

// Every file is read once, so a cache of operations only costs memory; parallelism is over images, not within one.
library.cache(false);
library.concurrency(1);

const listeners = new Set<(warning: string) => void>();

/**
 * Opens an image, encoded or raw, as sharp does. The only way to sharp: the decoders' warnings come to whichever operation ends next,
 * so that all of them must be listened to.
 */
export function sharp(input: SharpInput, options?: SharpOptions): Sharp {
  return library(input, options).on('warning', (warning: unknown) => tellDecoders(String(warning)));
}

/** Tells everybody who decodes at this moment what a decoder said of one of the images. */
export function tellDecoders(warning: string): void {
  for (const listener of listeners) listener(warning);
}

/** Has `listener` told what decoders say from now on. @returns what ends that */
export function onDecoderWarning(listener: (warning: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
