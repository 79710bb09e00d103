/** What stands between an annotation file and the image that it draws on: no path within a folder or .zip has two slashes in a row. */
const ON = '//';

/** The mask that an annotation file draws on an image, as the samples of a dataset name it. */
export function drawnMask(annotation: string, image: string): string {
  return `${annotation}${ON}${image}`;
}

/** The annotation file and the image of a mask that is drawn; null for a mask that is a file. */
export function drawnParts(mask: string): { readonly annotation: string; readonly image: string } | null {
  const at = mask.indexOf(ON);
  return at < 0 ? null : { annotation: mask.slice(0, at), image: mask.slice(at + ON.length) };
}

/** The file in which a mask stands. */
export function fileOfMask(mask: string): string {
  return drawnParts(mask)?.annotation ?? mask;
}
