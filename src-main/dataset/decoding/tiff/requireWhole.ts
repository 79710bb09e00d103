import { CcnetError } from '#common/errors.ts';
import { UNCOMPRESSED } from './compressions.ts';
import { PHOTOMETRIC, tiffBlocks, type TiffPage } from './tiffPage.ts';

/** Old-style JPEG says elsewhere where its data are. */
const OLD_JPEG = 6;

/**
 * Compares what a directory says of its strips or tiles with the file, before anything is decoded: there are as many as the page needs,
 * each has bytes, all of them lie in the file, and uncompressed ones are as long as their pixels. Sources: TIFF 6.0, sections 8 and 15.
 * @throws image-damaged
 */
export function requireWhole(fileBytes: number, page: TiffPage, name: string): void {
  const fault = blocksFault(fileBytes, page);
  if (fault !== null) throw new CcnetError('image-damaged', { file: name, reason: fault });
}

function blocksFault(fileBytes: number, page: TiffPage): string | null {
  const { tiled, blockWidth, blockHeight, width, height, planar, samples, compression } = page;
  const kind = tiled ? 'tiles' : 'strips';
  if (blockWidth === 0 || blockHeight === 0) return `its ${kind} have no size`;
  const blocks = tiffBlocks(page);
  const down = Math.ceil(height / blockHeight);
  const needed = Math.ceil(width / blockWidth) * down * (planar ? samples : 1);
  const isElsewhere = compression === OLD_JPEG;
  if (page.block === undefined && !isElsewhere && blocks.length < needed) {
    return `it says where ${blocks.length} of its ${needed} ${kind} are`;
  }
  const beyond = blocks.filter(({ offset, bytes }) => offset + bytes > fileBytes).length;
  if (beyond > 0) return `${beyond} of its ${blocks.length} ${kind} lie beyond its end`;
  const empty = isElsewhere ? 0 : blocks.filter(({ offset, bytes }) => bytes === 0 || offset === 0).length;
  if (empty > 0) return `${empty} of its ${blocks.length} ${kind} hold no bytes`;
  if (compression !== UNCOMPRESSED || page.bits === 0 || page.photometric === PHOTOMETRIC.yCbCr) return null;
  const rowBytes = Math.ceil((blockWidth * (planar ? 1 : samples) * page.bits) / 8);
  const short = blocks.slice(0, needed).filter(({ bytes }, index) => {
    const rows = tiled ? blockHeight : Math.min(blockHeight, height - (index % down) * blockHeight);
    return bytes < rowBytes * rows;
  }).length;
  return short > 0
    ? `${short} of its ${blocks.length} ${kind} hold fewer bytes than their pixels take`
    : null;
}
