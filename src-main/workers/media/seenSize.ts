import { CcnetError } from '#common/errors.ts';
import { workingSize } from '../../dataset/working/workingSize.ts';

/** Far above every picture of a network's view; a stranger's project may name a very long image. */
const MOST_PIXELS = 64e6;

/** The size at which a network sees an image. @throws image-too-large for what nobody would look at */
export function seenSize(
  file: string,
  width: number,
  height: number,
  workingSide: number,
): { width: number; height: number } {
  const size = workingSize(width, height, workingSide);
  if (size.width * size.height > MOST_PIXELS) {
    throw new CcnetError('image-too-large', { file, ...size, most: MOST_PIXELS });
  }
  return size;
}
