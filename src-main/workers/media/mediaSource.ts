import type { DatasetReading } from '#common/dataset/reading.ts';
import type { Sample } from '#common/dataset/dataset.ts';

/** Where the pixels of one stored image lie. */
export interface MediaSource extends Pick<
  Sample,
  'image' | 'masks' | 'page' | 'width' | 'height' | 'imageHash' | 'maskHash'
> {
  /** Folder or .zip of its dataset. */
  readonly root: string;
  /** Of the dataset as a whole: 3 as soon as one of its images is in colour. */
  readonly datasetChannels: 1 | 3;
  /** How the dataset is read. */
  readonly reading: DatasetReading;
}

/** An encoded picture. */
export interface Picture {
  readonly type: 'image/png' | 'image/webp';
  readonly bytes: Uint8Array;
}
