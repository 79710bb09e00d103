/** Name of annotations among the sources of masks. */
export const ANNOTATIONS = 'annotations';

/** Where masks are, as a person writes it: "masks" for "masks/" and for '"mask" in the file name' its word. */
const written = (source: string): string =>
  source
    .replace(/^"(.*)" in the file name$/, '$1')
    .replace(/\/$/, '')
    .toLowerCase();

/** Whether a person's choice means this source of masks. */
export function isMaskSource(source: string, chosen: string): boolean {
  return written(source) === written(chosen);
}
