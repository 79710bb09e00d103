import type { MaskPixels } from './paintMasks.ts';

/** Longest side in memory: what no screen shows pixel by pixel is read smaller. */
const LONGEST = 4096;
const KEPT = 8;
const known = new Map<string, Promise<MaskPixels>>();

/**
 * A mask from an address of the main process, in memory; the last few are kept.
 * @param part which of its channels tells foreground: opacity, or brightness
 * @throws when there is no such picture
 */
export function loadMask(url: string, part: 'opacity' | 'brightness'): Promise<MaskPixels> {
  const loading = known.get(url) ?? read(url, part);
  known.delete(url);
  known.set(url, loading);
  loading.catch(() => known.delete(url));
  for (const old of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(old);
  return loading;
}

async function read(url: string, part: 'opacity' | 'brightness'): Promise<MaskPixels> {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const scale = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
  const [width, height] = [picture.naturalWidth, picture.naturalHeight].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('This page cannot draw.');
  pen.imageSmoothingEnabled = false;
  pen.drawImage(picture, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const channel = part === 'opacity' ? 3 : 0;
  const mask = new Uint8Array(width * height);
  for (let at = 0; at < mask.length; at += 1) mask[at] = (data[4 * at + channel] ?? 0) > 127 ? 1 : 0;
  return { width, height, data: mask };
}
