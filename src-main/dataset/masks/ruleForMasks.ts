import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import type { MaskRule } from '#common/dataset/reading.ts';
import { CcnetError, hasCode } from '#common/errors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { naturalOrder } from '../pairing/naturalOrder.ts';
import { classesOf, decodeMasks, openMasks } from '../pairing/pairFiles.ts';
import { decideReading } from './decideReading.ts';
import type { MaskCensus } from './maskCensus.ts';

/**
 * The rule by which masks are read that belong to no dataset: as the doctor decides it for all of them together. Files that cannot be
 * read say nothing here; whoever reads them tells it.
 *
 * @param masks the files of every image @param check throws when the work is cancelled
 */
export async function ruleForMasks(
  source: DatasetSource,
  masks: readonly (readonly string[])[],
  check: () => void,
): Promise<MaskRule> {
  const censuses: MaskCensus[] = [];
  const names = new Set<string>();
  for (const files of masks) {
    check();
    if (files.length === 0) continue;
    try {
      const opened = await openMasks(source, files, PLAIN_READING);
      for (const mask of opened) for (const name of classesOf(mask)) names.add(name);
      censuses.push(...(await decodeMasks(opened, 0, PLAIN_READING, true)).censuses);
    } catch (error) {
      if (!(error instanceof CcnetError) || hasCode(error, 'cancelled', 'out-of-memory')) throw error;
    }
  }
  return decideReading(censuses, {}, [...names].sort(naturalOrder)).rule;
}
