import type { ReadingChoices } from '#common/dataset/reading.ts';
import type { Pairing } from '#contract/jobs/requestFields.ts';
import type { ExamineOptions } from '../../dataset/doctor/examineDataset.ts';

/** A hand-made pairing of a request as an option of the doctor. */
export function manualPairs(pairing: Pairing | undefined): Pick<ExamineOptions, 'pairing'> {
  if (!pairing) return {};
  return { pairing: Object.entries(pairing).map(([image, masks]) => ({ image, masks })) };
}

/** What a request decides about the reading, as an option of the doctor. */
export function choicesOf({
  reading,
}: {
  readonly reading?: ReadingChoices | undefined;
}): Pick<ExamineOptions, 'choices'> {
  return reading ? { choices: reading } : {};
}
