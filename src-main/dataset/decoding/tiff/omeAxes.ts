import { CcnetError } from '#common/errors.ts';
import { type PageAxis, type StackAxes, stackGrid } from './stackGrid.ts';

const attribute = (element: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(element)
    ?.slice(1)
    .find((one) => one !== undefined);

interface Element {
  /** Its opening tag. */
  readonly tag: string;
  /** What follows, up to its closing tag or the next element of its name. */
  readonly content: string;
}

/** All elements of a name, in linear time also where none is closed. */
function elements(text: string, name: string): Element[] {
  const tags = [...text.matchAll(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g'))];
  return tags.map(({ 0: tag, index }, place) => {
    const content = tag.endsWith('/>') ? '' : text.slice(index + tag.length, tags[place + 1]?.index);
    const end = new RegExp(`</(?:\\w+:)?${name}>`).exec(content)?.index;
    return { tag, content: content.slice(0, end) };
  });
}

/** A run of planes, as a TiffData element places it. */
interface PlacedPlanes {
  /** Of the first plane, counted in the order of the axes. */
  readonly plane: number;
  readonly planes: number;
  readonly page: number;
  /** The file that holds them; null for this one. */
  readonly elsewhere: string | null;
}

/**
 * The axes of an OME-TIFF; null for other descriptions. Planes lie where TiffData says, or follow each other. Of an image that is spread over
 * several files this one's part is taken where it is a grid of its own. Source: OME-TIFF specification 2016-06 (DimensionOrder, SizeZ, SizeC,
 * SizeT, TiffData, UUID, BinaryOnly).
 *
 * @param pages places in the file of the pages that are images of their own
 * @throws stack-unclear, image-in-several-files
 */
export function omeAxes(description: string, pages: readonly number[], file: string): StackAxes | null {
  const [root] = elements(description, 'OME');
  if (!root) return null;
  const [elsewhere] = elements(root.content, 'BinaryOnly');
  if (elsewhere) {
    if (pages.length <= 1) return null;
    const other = attribute(elsewhere.tag, 'MetadataFile') ?? '';
    throw new CcnetError('image-in-several-files', { file, other });
  }
  const uuid = attribute(root.tag, 'UUID');
  const all = elements(root.content, 'Pixels');
  // A microscope that visits several positions writes the description of all into the file of each.
  const inFile = all.filter(({ content }) => mayBeHere(content, file, uuid));
  const own = inFile.length > 0 ? inFile : all;
  const [pixels] = own;
  if (!pixels) return null;
  const { tag: attributes, content } = pixels;
  const order = attribute(attributes, 'DimensionOrder') ?? 'XYCZT';
  if (!/^XY[CZT]{3}$/.test(order)) return null;
  const channels = elements(content, 'Channel').map(({ tag }) => tag);
  const axes = axesOf(order, attributes, channels);
  const planes = axes.reduce((product, [, size]) => product * size, 1);
  const names = channels.map((element) => attribute(element, 'Name') ?? '');
  const told = {
    otherImages: own.length - 1,
    channelNames: names.some((name) => name !== '') ? names.slice(0, stackGrid(axes).channels) : [],
  };
  const placed = placedPlanes(content, axes, uuid, file);
  const files = new Set(placed.flatMap((one) => one.elsewhere ?? []));
  const here = pagesOfPlanes(placed, pages, planes);
  if (files.size > 0) {
    const part = partHere(axes, here);
    if (part) return { ...told, ...part, otherFiles: files.size, channelNames: [] };
    if (pages.length <= 1) return { ...stackGrid([]), ...told, channelNames: [], otherFiles: files.size };
    throw new CcnetError('image-in-several-files', { file, other: [...files][0] ?? '' });
  }
  const isWhole = here.size === planes || (placed.length === 0 && planes <= pages.length);
  if (!isWhole) {
    const { channels: many } = stackGrid(axes);
    if (pages.length === 1 || many === 1) return null;
    throw new CcnetError('stack-unclear', { file, planes, channels: many, pages: pages.length });
  }
  return { ...stackGrid(axes, (plane) => here.get(plane) ?? plane), ...told };
}

/** Whether an image has planes in this file, or does not say where it has them. */
function mayBeHere(content: string, file: string, uuid: string | undefined): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const said = [`"${name}"`, `'${name}'`, ...(uuid === undefined ? [] : [uuid])];
  return !/<(?:\w+:)?UUID\b/.test(content) || said.some((one) => content.includes(one));
}

/** The axes along which pages lie, the fastest first. */
function axesOf(order: string, attributes: string, channels: readonly string[]): PageAxis[] {
  const size = (axis: string): number => Math.max(1, Number(attribute(attributes, `Size${axis}`) ?? 1));
  // Samples of a colour image count as channels of their own in SizeC and share one page.
  const inOnePage = Math.max(1, Number(attribute(channels[0] ?? '', 'SamplesPerPixel') ?? 1));
  return [...order.slice(2)].map((axis): PageAxis => {
    if (axis === 'C') return ['C', Math.max(1, Math.floor(size('C') / inOnePage))];
    return [axis === 'Z' ? 'Z' : 'T', size(axis)];
  });
}

function placedPlanes(
  content: string,
  axes: readonly PageAxis[],
  uuid: string | undefined,
  file: string,
): PlacedPlanes[] {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const all = axes.reduce((product, [, size]) => product * size, 1);
  return elements(content, 'TiffData').map(({ tag: element, content: inner }) => {
    const number = (of: string): number => Number(attribute(element, of) ?? 0);
    let [plane, stride] = [0, 1];
    for (const [axis, size] of axes) {
      plane += number(`First${axis}`) * stride;
      stride *= size;
    }
    const count = attribute(element, 'PlaneCount') ?? (attribute(element, 'IFD') === undefined ? null : '1');
    const { tag: named = '', content: identifier = '' } = elements(inner, 'UUID')[0] ?? {};
    const holder = attribute(named, 'FileName') ?? (identifier.trim() || name);
    const isHere = holder === name || (uuid !== undefined && identifier.trim() === uuid);
    return {
      plane,
      planes: count === null ? all - plane : Number(count),
      page: number('IFD'),
      elsewhere: isHere ? null : holder,
    };
  });
}

/** The page of every plane that is in this file, as its place among the pages. */
function pagesOfPlanes(
  placed: readonly PlacedPlanes[],
  pages: readonly number[],
  all: number,
): Map<number, number> {
  const places = new Map(pages.map((page, place) => [page, place]));
  const found = new Map<number, number>();
  for (const { plane, planes, page, elsewhere } of placed) {
    if (elsewhere !== null) continue;
    for (let index = 0; index < planes && plane + index < all && index < pages.length; index += 1) {
      const place = places.get(page + index);
      if (place !== undefined) found.set(plane + index, place);
    }
  }
  return found;
}

/** The part of an image that is in this file, where it has the same slices of every channel; null otherwise. */
function partHere(axes: readonly PageAxis[], own: ReadonlyMap<number, number>): StackAxes | null {
  const steps = axes.map(() => new Set<number>());
  for (const plane of own.keys()) {
    let rest = plane;
    axes.forEach(([, size], index) => {
      steps[index]?.add(rest % size);
      rest = Math.floor(rest / size);
    });
  }
  const sorted = steps.map((one) => [...one].sort((a, b) => a - b));
  const here = axes.map(([axis], index): PageAxis => [axis, sorted[index]?.length ?? 0]);
  if (own.size === 0 || here.reduce((product, [, size]) => product * size, 1) !== own.size) return null;
  return stackGrid(here, (plane) => {
    let [rest, whole, stride] = [plane, 0, 1];
    axes.forEach(([, size], index) => {
      const [count, own] = [here[index]?.[1] ?? 1, sorted[index] ?? []];
      whole += (own[rest % count] ?? 0) * stride;
      rest = Math.floor(rest / count);
      stride *= size;
    });
    return own.get(whole) ?? 0;
  });
}
