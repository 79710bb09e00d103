/** How the pages of a file are arranged: which page is which channel of which slice. */
export interface StackAxes {
  readonly channels: number;
  /** Planes of one channel: depth times time, depth first. */
  readonly slices: number;
  /** Planes in depth at one time. */
  readonly depth: number;
  /** Page (from 0) of a slice and channel (from 0). */
  readonly pageOf: (slice: number, channel: number) => number;
  readonly channelNames: readonly string[];
  /** Other files that hold a part of the image, as the file says. */
  readonly otherFiles: number;
  /** Images of their own that the file holds beside this one. */
  readonly otherImages: number;
}

/** Axes along which pages lie, and how many steps each has. */
export type PageAxis = readonly [axis: 'C' | 'Z' | 'T', size: number];

/**
 * Pages that lie along some axes.
 * @param axes the one that varies fastest first; one that is absent has one step
 * @param pageOfPlane page of a plane, which is counted in the order of the axes; itself if not given
 */
export function stackGrid(
  axes: readonly PageAxis[],
  pageOfPlane: (plane: number) => number = (plane) => plane,
): StackAxes {
  const size = { C: 1, Z: 1, T: 1 };
  const stride = { C: 0, Z: 0, T: 0 };
  let planes = 1;
  for (const [axis, steps] of axes) {
    size[axis] = steps;
    stride[axis] = planes;
    planes *= steps;
  }
  return {
    channels: size.C,
    slices: size.Z * size.T,
    depth: size.Z,
    pageOf: (slice, channel) =>
      pageOfPlane(channel * stride.C + (slice % size.Z) * stride.Z + Math.floor(slice / size.Z) * stride.T),
    channelNames: [],
    otherFiles: 0,
    otherImages: 0,
  };
}

/** Whether the slices of a channel follow each other in the file. */
export function isInPageOrder({ slices, pageOf }: StackAxes): boolean {
  for (let slice = 1; slice < slices; slice += 1) if (pageOf(slice, 0) <= pageOf(slice - 1, 0)) return false;
  return true;
}
