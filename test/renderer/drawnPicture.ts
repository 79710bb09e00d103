import sharp from 'sharp';
import { TISSUES, type Tissue } from '../../src-main/demo/generateDataset.ts';
import { pictureRandom } from '../../src-main/demo/syntheticImage.ts';

const VARIANTS = 8;
const DRAWN_SIDE = 256;
const TISSUE_OF: readonly Tissue[] = ['glands', 'glands', 'cells', 'membranes'];

const pictures = new Map<string, Promise<Buffer>>();

/** A drawn tissue picture or its mask; the same for every `VARIANTS`th image. */
function picture(kind: string, id: number, side: number): Promise<Buffer> {
  const dataset = Math.floor(id / 100_000);
  const variant = id % VARIANTS;
  const key = `${kind} ${dataset} ${variant} ${side}`;
  const known = pictures.get(key);
  if (known) return known;
  const drawn = TISSUES[TISSUE_OF[dataset] ?? 'cells'](DRAWN_SIDE, pictureRandom(dataset * 100 + variant));
  const raw = { width: DRAWN_SIDE, height: DRAWN_SIDE };
  const opaque = Buffer.from(drawn.mask.map((value) => (value > 0 ? 255 : 0)));
  if (kind === 'found') {
    // A little off, so that something is missed and something is found too much.
    const found = shifted(drawn.mask, 3 + variant);
    const made = sharp(found, { raw: { ...raw, channels: 1 } })
      .toColourspace('b-w')
      .resize(side, side, { kernel: 'nearest' })
      .png()
      .toBuffer();
    pictures.set(key, made);
    return made;
  }
  const made = kind.endsWith('mask')
    ? sharp({ create: { ...raw, channels: 3, background: '#ff8228' } })
        .joinChannel(opaque, { raw: { ...raw, channels: 1 } })
        .png()
        .toBuffer()
        .then((full) => sharp(full).resize(side, side, { kernel: 'nearest' }).png().toBuffer())
    : sharp(Buffer.from(drawn.pixels), { raw: { ...raw, channels: drawn.channels } })
        .resize(side)
        .png()
        .toBuffer();
  pictures.set(key, made);
  return made;
}

/** The mask as a network might find it: moved to the right, and its values 0 or 255. */
function shifted(mask: Uint8Array, by: number): Buffer {
  return Buffer.from(mask.map((_, at) => (at % DRAWN_SIDE >= by && (mask[at - by] ?? 0) > 0 ? 255 : 0)));
}

/** The picture, as PNG, at an address that the played main process names; null for any other address. */
export function drawnPicture(path: string): Promise<Buffer> | null {
  const [, kind, id] =
    /^\/media\/(thumbnail|small-mask|image|mask|working|working-mask|probability|found)\/(\d+)(?:\?|$)/.exec(
      path,
    ) ?? [];
  if (kind === undefined) return null;
  return picture(kind, Number(id), kind === 'thumbnail' || kind === 'small-mask' ? 160 : 512);
}
