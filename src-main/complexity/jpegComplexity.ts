import { sharp } from '../dataset/decoding/imageDecoder.ts';
import { COMPLEXITY_RECIPE } from '#common/dataset/complexityRecipe.ts';
import { jpegScanBytes } from './jpegScanBytes.ts';

/**
 * J: entropy-coded bytes of the 8-bit luminance as a grey baseline JPEG of the recipe's quality (standard quantisation
 * and Huffman tables, no restart markers) / pixels. Plain words: how many bytes a pixel needs once what repeats or is
 * smooth costs nothing. In (0, ~1]; a constant image needs about 6 bits per 64 pixels.
 * Source: CC-Net, arXiv 1901.01578, where neither quality nor denominator is stated; ours are method.md's.
 * @param grey height * width grey levels.
 */
export async function jpegComplexity(grey: Uint8Array, width: number, height: number): Promise<number> {
  const jpeg = await sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w') // or the grey plane would become three, with two chroma scans
    .jpeg({
      quality: COMPLEXITY_RECIPE.jpegQuality,
      progressive: false,
      optimiseCoding: false,
      mozjpeg: false,
    })
    .toBuffer();
  return jpegScanBytes(jpeg) / (width * height);
}
