import type { Sample } from '#common/dataset/dataset.ts';

/** Where the pixels of one stored image lie. */
export interface MediaSource extends Pick<
  Sample,
  'image' | 'masks' | 'page' | 'width' | 'height' | 'imageHash' | 'maskHash'
> {
  /** Folder or .zip of its dataset. */
  readonly root: string;
}

/** An encoded picture. */
export interface Picture {
  readonly type: 'image/png' | 'image/webp';
  readonly bytes: Uint8Array;
}
