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
  const mask = sharp(Buffer.from(drawn.mask), { raw: { ...raw, channels: 1 } });
  const made = kind.endsWith('mask')
    ? mask.toBuffer().then((alpha) =>
        sharp({ create: { ...raw, channels: 3, background: '#ff8228' } })
          .joinChannel(alpha, { raw: { ...raw, channels: 1 } })
          .png()
          .toBuffer()
          .then((full) => sharp(full).resize(side).png().toBuffer()),
      )
    : sharp(Buffer.from(drawn.pixels), { raw: { ...raw, channels: drawn.channels } })
        .resize(side)
        .png()
        .toBuffer();
  pictures.set(key, made);
  return made;
}

/** The picture, as PNG, at an address that the played main process names; null for any other address. */
export function drawnPicture(path: string): Promise<Buffer> | null {
  const [, kind, id] =
    /^\/media\/(thumbnail|small-mask|image|mask|working|working-mask|probability)\/(\d+)(?:\?|$)/.exec(
      path,
    ) ?? [];
  if (kind === undefined) return null;
  return picture(kind, Number(id), kind === 'thumbnail' || kind === 'small-mask' ? 160 : 512);
}
