import type { ImageReading } from '#common/dataset/reading.ts';
import { CcnetError } from '#common/errors.ts';
import { requireReadableSize } from '../limits.ts';
import { isGreyStoredAsColour, type Raster, takeChannels } from '../raster.ts';
import { replaceNotFinite } from '../replaceNotFinite.ts';
import type { SampleValues } from '../tiff/sampleValues.ts';
import { windowed } from '../windowed.ts';
import { gatherVoxels } from './gatherVoxels.ts';
import { niftiFile, type NiftiFile, niftiHead } from './niftiFile.ts';
import type { NiftiHeader } from './niftiHeader.ts';
import { slicePlane, type Walk } from './slicePlane.ts';

type Cut = Pick<ImageReading, 'axis'>;

/** How many slices a volume has along an axis, and how many volumes there are. @throws as `niftiHeader` */
export function niftiPages(
  bytes: Buffer,
  name: string,
  { axis = 'axial' }: Cut,
): { slices: number; volumes: number } {
  const { affine, size, volumes } = niftiHead(bytes, name);
  return { slices: size[slicePlane(affine, size, axis).slices.dimension], volumes };
}

/** How large a slice is. @throws as `niftiHeader`; image-too-large, image-takes-too-much */
export function niftiSliceSize(
  bytes: Buffer,
  page: number,
  name: string,
  { axis = 'axial' }: Cut,
): { width: number; height: number; bytes: number; orientation: number } {
  const header = niftiHead(bytes, name);
  const { affine, size, values } = header;
  const { slices, across, down } = slicePlane(affine, size, axis);
  if (page >= size[slices.dimension] * header.volumes) throw noSlice(name, page);
  const [width, height] = [size[across.dimension], size[down.dimension]];
  const isPlain = values.format === 'unsigned' && values.bits <= 16 && header.scaling === null;
  const valueBytes = isPlain ? values.bits / 8 : 4;
  const channels = values.samples;
  return {
    width,
    height,
    orientation: 1,
    ...requireReadableSize(name, { width, height, channels, valueBytes }),
  };
}

const noSlice = (file: string, page: number): CcnetError =>
  new CcnetError('image-damaged', { file, reason: `it has no slice ${page + 1}` });

/**
 * Decodes one slice, turned as slices along the axis are usually looked at. Values are scaled as the file says.
 * @param page slice, from 0; beyond those of the first volume those of the next
 * @param as image: in the reading's window and channel, which is a volume; mask: as stored
 * @throws as `niftiHeader`; image-damaged, no-such-channel, no-window-in-file
 */
export async function decodeNifti(
  bytes: Buffer,
  page: number,
  name: string,
  { axis = 'axial', channel, window }: ImageReading,
  as: 'image' | 'mask',
): Promise<Raster> {
  niftiSliceSize(bytes, page, name, { axis });
  const file = await niftiFile(bytes, name);
  const { header } = file;
  const plane = slicePlane(header.affine, header.size, axis);
  const slices = header.size[plane.slices.dimension];
  const volume = Math.floor(page / slices) + (as === 'image' ? channel : 0);
  if (volume >= header.volumes)
    throw new CcnetError('no-such-channel', { file: name, channel: volume + 1, channels: header.volumes });
  const stored = slice(file, plane, page % slices, volume);
  const values = scaled(stored, header);
  const [width, height] = [header.size[plane.across.dimension], header.size[plane.down.dimension]];
  const notFinite = values instanceof Float32Array && replaceNotFinite(values);
  const shown =
    as === 'image' && window && header.values.samples === 1
      ? windowed(values, windowOf(header, window, name))
      : values;
  return { ...channelsOf(shown, header.values.samples), width, height, orientation: 1, notFinite };
}

function windowOf(
  { shown }: NiftiHeader,
  window: NonNullable<ImageReading['window']>,
  file: string,
): { low: number; high: number } {
  if (window !== 'file')
    return { low: window.centre - window.width / 2, high: window.centre + window.width / 2 };
  if (!shown) throw new CcnetError('no-window-in-file', { file });
  return shown;
}

function slice(
  file: NiftiFile,
  { slices, down, across }: { slices: Walk; down: Walk; across: Walk },
  page: number,
  volume: number,
): SampleValues {
  const { size } = file.header;
  const first: [number, number, number] = [0, 0, 0];
  for (const { dimension, backwards } of [slices, down, across])
    first[dimension] = backwards ? size[dimension] - 1 : 0;
  const stepOf = ({ dimension, backwards }: Walk): [number, number, number] => {
    const step: [number, number, number] = [0, 0, 0];
    step[dimension] = backwards ? -1 : 1;
    return step;
  };
  first[slices.dimension] += page * (slices.backwards ? -1 : 1);
  const [width, height] = [size[across.dimension], size[down.dimension]];
  return gatherVoxels(file, { first, across: stepOf(across), down: stepOf(down), width, height }, volume);
}

function scaled(stored: SampleValues, { scaling }: NiftiHeader): SampleValues {
  if (!scaling) return stored;
  return Float32Array.from(stored, (value) => value * scaling.slope + scaling.intercept);
}

function channelsOf(
  values: SampleValues,
  samples: 1 | 3 | 4,
): Pick<Raster, 'channels' | 'bitDepth' | 'data' | 'alpha' | 'greyStoredAsColour'> {
  const bitDepth = values instanceof Uint8Array ? 8 : values instanceof Uint16Array ? 16 : 32;
  if (samples === 1) return { channels: 1, bitDepth, data: values, alpha: null, greyStoredAsColour: false };
  const colours = takeChannels(values, samples, 3);
  const grey = isGreyStoredAsColour(colours);
  return {
    channels: grey ? 1 : 3,
    bitDepth,
    data: grey ? takeChannels(colours, 3, 1) : colours,
    alpha: null,
    greyStoredAsColour: grey,
  };
}
