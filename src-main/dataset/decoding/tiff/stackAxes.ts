import { CcnetError } from '#common/errors.ts';
import { imageJAxes } from './imageJAxes.ts';
import { omeAxes } from './omeAxes.ts';
import { shapedAxes } from './shapedAxes.ts';
import { type PageAxis, type StackAxes, stackGrid } from './stackGrid.ts';

/**
 * Reads the axes of a stack from the ImageDescription of its first page, as ImageJ, OME-TIFF and tifffile write it; without one, every page is
 * a slice of one channel.
 *
 * @param pages places in the file of the pages that are images of their own
 * @throws stack-unclear, image-in-several-files where it cannot be told which page is which
 */
export function stackAxes(description: string, pages: readonly number[], file: string): StackAxes {
  const plain = stackGrid([['Z', pages.length]]);
  const ome = omeAxes(description, pages, file);
  if (ome) return ome;
  const said = imageJAxes(description) ?? shapedAxes(description);
  if (!said) return plain;
  const planes = said.reduce((product, [, size]) => product * size, 1);
  if (planes === pages.length) return stackGrid(said);
  requireOneChannel(said, pages.length, file);
  return plain;
}

/** Where fewer or more planes are told than there are, pages are slices as long as they cannot be channels. @throws stack-unclear */
function requireOneChannel(said: readonly PageAxis[], pages: number, file: string): void {
  const channels = said.find(([axis]) => axis === 'C')?.[1] ?? 1;
  if (pages === 1 || channels === 1) return;
  const planes = said.reduce((product, [, size]) => product * size, 1);
  throw new CcnetError('stack-unclear', { file, planes, channels, pages });
}
