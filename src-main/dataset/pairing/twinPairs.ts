import type { ClassifiedPath } from './classifyPaths.ts';
import type { FilePair } from './filePair.ts';

const PHOTOGRAPH = /\.(jpe?g|jpe|jfif)$/i;
const DRAWN = /\.(png|gif|bmp|tiff?)$/i;
const FEWEST = 3;

/**
 * Pairs "x.jpg" with "x.png" where every image of a folder has such a twin, as QuPath writes tiles and their labels when the formats
 * differ. Whether the second one is a mask shows when it is read: a photograph is refused.
 * @param images files that nothing else pairs
 */
export function twinPairs(images: readonly ClassifiedPath[]): FilePair[] {
  const pairs: FilePair[] = [];
  for (const inFolder of Map.groupBy(images, ({ folder }) => folder).values()) {
    const twins = [...Map.groupBy(inFolder, ({ exact }) => exact.stem).values()].map(
      ([one, other, ...more]) => {
        if (!one || !other || more.length > 0) return null;
        const [image, mask] = PHOTOGRAPH.test(one.path) ? [one, other] : [other, one];
        return PHOTOGRAPH.test(image.path) && DRAWN.test(mask.path) ? { image, mask } : null;
      },
    );
    const found = twins.filter((twin) => twin !== null);
    if (found.length < FEWEST || found.length < twins.length) continue;
    for (const { image, mask } of found) {
      pairs.push({
        image: image.path,
        masks: [mask.path],
        givenSplit: image.split,
        convention: 'image as JPEG, mask of the same name in another format',
      });
    }
  }
  return pairs;
}
