/** How the pages of a file are arranged: which page is which channel of which slice. */
export interface StackAxes {
  readonly channels: number;
  /** Planes of one channel: depth times time, depth first. */
  readonly slices: number;
  /** Planes in depth at one time. */
  readonly depth: number;
  /** Other files that hold a part of the image, as the file says. */
  readonly otherFiles: number;
  /** Page (from 0) of a slice and channel (from 0). */
  readonly pageOf: (slice: number, channel: number) => number;
  /** What told it, for people. */
  readonly source: 'ImageJ' | 'OME-XML' | 'none';
  readonly channelNames: readonly string[];
}

/**
 * Reads the axes of a stack from the ImageDescription of its first page, as ImageJ and OME-TIFF write it; without one, every
 * page is a slice of one channel. Sources: ImageJ's TiffDecoder (keys images, channels, slices, frames; pages run over channel,
 * slice, frame), OME-TIFF specification 2016-06 (DimensionOrder, SizeZ, SizeC, SizeT, TiffData).
 *
 * @param pages number of pages that are images of their own
 */
export function stackAxes(description: string, pages: number): StackAxes {
  return imageJAxes(description, pages) ?? omeAxes(description, pages) ?? plainAxes(pages);
}

function plainAxes(pages: number): StackAxes {
  return {
    channels: 1,
    slices: pages,
    depth: pages,
    otherFiles: 0,
    pageOf: (slice) => slice,
    source: 'none',
    channelNames: [],
  };
}

function imageJAxes(description: string, pages: number): StackAxes | null {
  if (!description.startsWith('ImageJ=')) return null;
  const value = (key: string): number => {
    const found = new RegExp(`^${key}=(\\d+)\\s*$`, 'm').exec(description)?.[1];
    return found === undefined ? 1 : Math.max(1, Number(found));
  };
  const channels = value('channels');
  const slices = value('slices') * value('frames');
  if (channels * slices !== pages) return null;
  const pageOf = (slice: number, channel: number): number => slice * channels + channel;
  return {
    channels,
    slices,
    depth: value('slices'),
    otherFiles: 0,
    pageOf,
    source: 'ImageJ',
    channelNames: [],
  };
}

const attribute = (element: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(element)
    ?.slice(1)
    .find((one) => one !== undefined);

function omeAxes(description: string, pages: number): StackAxes | null {
  const pixels = /<(?:\w+:)?Pixels\b[^>]*>/.exec(description);
  if (!/<(?:\w+:)?OME\b/.test(description) || !pixels) return null;
  const size = (axis: string): number => Math.max(1, Number(attribute(pixels[0], `Size${axis}`) ?? 1));
  const order = attribute(pixels[0], 'DimensionOrder') ?? 'XYCZT';
  const elements = [...description.matchAll(/<(?:\w+:)?Channel\b[^>]*>/g)].map(([element]) => element);
  // Samples of a colour image count as channels of their own in SizeC and share one page.
  const inOnePage = Math.max(1, Number(attribute(elements[0] ?? '', 'SamplesPerPixel') ?? 1));
  const sizes: Record<string, number> = {
    C: Math.max(1, Math.floor(size('C') / inOnePage)),
    Z: size('Z'),
    T: size('T'),
  };
  const { C = 1, Z = 1, T = 1 } = sizes;
  const planes = C * Z * T;
  const otherFiles = filesOf(description) - 1;
  if (!/^XY[CZT]{3}$/.test(order)) return null;
  if (planes > pages) return otherFiles > 0 ? { ...plainAxes(pages), otherFiles } : null;
  const strides: Record<string, number> = {};
  let stride = 1;
  for (const axis of order.slice(2)) {
    strides[axis] = stride;
    stride *= sizes[axis] ?? 1;
  }
  const pageOf = (slice: number, channel: number): number =>
    channel * (strides['C'] ?? 0) +
    (slice % Z) * (strides['Z'] ?? 0) +
    Math.floor(slice / Z) * (strides['T'] ?? 0);
  const channelNames = elements.slice(0, C).map((element) => attribute(element, 'Name') ?? '');
  const placed = omePages(description, order, sizes, pages);
  return {
    channels: C,
    slices: Z * T,
    depth: Z,
    otherFiles,
    pageOf: (slice, channel) => {
      const plane = pageOf(slice, channel);
      return placed?.get(plane) ?? plane;
    },
    source: 'OME-XML',
    channelNames: channelNames.some((name) => name !== '') ? channelNames : [],
  };
}

/** Files over which the planes are spread, as the TiffData elements say. */
function filesOf(description: string): number {
  const named = [...description.matchAll(/<(?:\w+:)?UUID\b[^>]*>/g)].map(([element]) =>
    attribute(element, 'FileName'),
  );
  return Math.max(1, new Set(named.filter((name) => name !== undefined)).size);
}

/** The page of every plane where TiffData elements say it; null where the planes simply follow each other. */
function omePages(
  description: string,
  order: string,
  sizes: Readonly<Record<string, number>>,
  pages: number,
): Map<number, number> | null {
  const placed = new Map<number, number>();
  for (const [element] of description.matchAll(/<(?:\w+:)?TiffData\b[^>]*>/g)) {
    const number = (name: string): number => Number(attribute(element, name) ?? 0);
    let [plane, stride] = [0, 1];
    for (const axis of order.slice(2)) {
      plane += number(`First${axis}`) * stride;
      stride *= sizes[axis] ?? 1;
    }
    const count = attribute(element, 'PlaneCount') ?? (attribute(element, 'IFD') === undefined ? null : '1');
    const planes = count === null ? stride - plane : Number(count);
    for (let index = 0; index < planes && index < pages; index += 1) {
      const page = number('IFD') + index;
      if (page < pages) placed.set(plane + index, page);
    }
  }
  return placed.size > 0 ? placed : null;
}
