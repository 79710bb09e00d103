import { CcnetError } from '#common/errors.ts';
import { jpeg2000Size } from '../packedSize.ts';
import { unpackByWasm } from '../wasmCodecs.ts';
import type { TiffPage } from './tiffPage.ts';

/**
 * The samples of a strip or tile in JPEG 2000: numbers of the page's bytes, little endian, interleaved. Its header is compared with the
 * directory before it is unpacked.
 * @param index of the block, from 0, of planar pages within its plane
 * @throws image-damaged, image-values-unread
 */
export async function jpeg2000Block(
  packed: Buffer,
  page: TiffPage,
  index: number,
  name: string,
): Promise<Buffer> {
  const { bits, blockWidth, blockHeight, height, tiled, format } = page;
  const components = page.planar ? 1 : page.samples;
  if (!(bits === 8 || bits === 16) || format !== 'unsigned')
    throw new CcnetError('image-values-unread', { file: name, values: `${bits}-bit ${format} JPEG 2000` });
  const rows = tiled ? blockHeight : Math.min(blockHeight, height - index * blockHeight);
  const size = jpeg2000Size(packed);
  const isAsSaid =
    size?.width === blockWidth &&
    size.height === rows &&
    size.components === components &&
    (bits === 8 ? size.precision <= 8 : size.precision > 8 && size.precision <= 16);
  const damaged = (reason: string): CcnetError => new CcnetError('image-damaged', { file: name, reason });
  if (!isAsSaid) throw damaged('its packed pixels have another size than it says');
  const unpacked = await unpackByWasm('jpeg-2000', packed).catch((): never => {
    throw damaged('its JPEG 2000 data do not unpack');
  });
  const isWhole =
    unpacked.width === blockWidth &&
    unpacked.height === rows &&
    unpacked.componentCount === components &&
    unpacked.isSigned !== true &&
    unpacked.bytes.length === blockWidth * rows * components * (bits / 8);
  if (!isWhole) throw damaged('its JPEG 2000 data do not unpack');
  return unpacked.bytes;
}
