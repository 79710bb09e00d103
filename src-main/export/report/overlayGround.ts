import type { WorkingSample } from '#common/dataset/dataset.ts';
import { resizeImage } from '../../dataset/working/resizeImage.ts';
import { resizeMask } from '../../dataset/working/resizeMask.ts';
import { drawOutline, OUTLINE } from './outline.ts';

/** An image with the outline of its reference mask, at the size of a picture: predictions are drawn on copies of it. */
export interface OverlayGround {
  readonly width: number;
  readonly height: number;
  /** height * width * 3 bytes. */
  readonly pixels: Uint8Array;
  /** Size of the sample, and so of its predictions. */
  readonly sample: { readonly width: number; readonly height: number };
}

/** @param scale of the picture against the sample: whole pixels of it are at least 1 a side */
export async function overlayGround(sample: WorkingSample, scale: number): Promise<OverlayGround> {
  const { channels, image, mask } = sample;
  const [width, height] = [sample.width, sample.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  // Storing into a clamped array rounds and clips.
  const data = new Uint8Array(Uint8ClampedArray.from(image, (value) => value * 255).buffer);
  const bytes = await resizeImage(
    { width: sample.width, height: sample.height, channels, bitDepth: 8, data },
    width,
    height,
  );
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = bytes[channels === 3 ? i : Math.floor(i / 3)] ?? 0;
  const reference = resizeMask(mask, sample, { width, height });
  drawOutline(pixels, reference, { width, height }, OUTLINE.reference);
  return { width, height, pixels, sample: { width: sample.width, height: sample.height } };
}
