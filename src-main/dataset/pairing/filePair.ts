import type { Split } from '#common/dataset/dataset.ts';

/** An image file and the mask file(s) that belong to it; several masks are united. */
export interface FilePair {
  readonly image: string;
  readonly masks: readonly string[];
  readonly givenSplit: Split | null;
  /** The naming rule that joined them, in words. */
  readonly convention: string;
  /** Of which kinds its masks are: some of the discovery's `maskSources`. */
  readonly kinds?: readonly string[];
  /** What the sample is called where its file's name is not for people, such as that of a DICOM slice. */
  readonly name?: string;
  /** What belongs together without anybody saying so: slices of one patient. */
  readonly group?: string;
}
