import { stemOf } from '../dataset/pairing/classifyPaths.ts';

/** Where the results of one image go, relative to the folder of the results, with forward slashes. */
export interface ResultPaths {
  mask(page: number | null): string;
  probability(page: number | null): string;
  overlay(page: number | null): string;
}

/**
 * Names for the results of images: the image's own with a word behind, in the image's own subfolder; where two images of a folder differ
 * only in their extension, with it.
 */
export function resultPaths(images: readonly string[]): Map<string, ResultPaths> {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const keyOf = (path: string): string => `${folderOf(path)}${stemOf(path)}`.toLowerCase();
  const counts = new Map<string, number>();
  for (const path of images) counts.set(keyOf(path), (counts.get(keyOf(path)) ?? 0) + 1);
  return new Map(
    images.map((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const stem = (counts.get(keyOf(path)) ?? 0) > 1 ? name : stemOf(path);
      const place = (folder: string, word: string, extension: string) => (page: number | null) =>
        `${folder}/${folderOf(path)}${stem}${page === null ? '' : `_p${String(page).padStart(3, '0')}`}_${word}.${extension}`;
      const extension = /\.tiff?$/i.test(path) ? 'tif' : 'png';
      return [
        path,
        {
          mask: place('masks', 'mask', extension),
          probability: place('probabilities', 'probability', extension),
          overlay: place('overlays', 'overlay', 'png'),
        },
      ];
    }),
  );
}
