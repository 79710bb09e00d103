/** Name of annotations among the sources of masks. */
export const ANNOTATIONS = 'annotations';

/** Where masks are, as a person writes it: "masks" for "masks/" and for '"mask" in the file name' its word. */
const written = (source: string): string =>
  source
    .trim()
    .replace(/^"(.*)" in the file name$/, '$1')
    .replace(/\/$/, '')
    .toLowerCase();

/**
 * The sources of masks that a person's choice means: one, or several between commas, whose masks count together.
 * @returns none where a part of the choice means none; annotations never count together with files
 */
export function chosenSources(sources: Iterable<string>, chosen: string): string[] {
  const all = [...sources];
  const meantBy = (part: string): string[] => all.filter((source) => written(source) === written(part));
  const whole = meantBy(chosen);
  if (whole.length > 0) return whole;
  const parts = chosen.split(',').map(meantBy);
  const isKnown = parts.every((meant) => meant.length > 0 && !meant.includes(ANNOTATIONS));
  return isKnown ? [...new Set(parts.flat())] : [];
}
