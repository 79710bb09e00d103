import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import type { ExportedFile } from './exportKind.ts';
import { z } from 'zod';
import type { GoalVerdict } from '#common/prediction/judgeGoal.ts';
import { jobKind, writtenPath } from './jobKind.ts';
import type { PredictResult } from './predictKind.ts';
import { formats, question, seed, training } from './requestFields.ts';

export interface CompressResult {
  readonly prediction: PredictResult;
  /** Null when nothing meets the limits; then nothing was trained. */
  readonly outcome: {
    readonly network: number;
    readonly alpha: number;
    readonly parameters: number;
    readonly predicted: { readonly dice: number; readonly low: number; readonly high: number };
    /** At the images' own size; `diceWorking` at the working resolution. */
    readonly measured: {
      readonly dice: number;
      readonly iou: number;
      readonly diceWorking: number | null;
    };
    /** Filters of the wider network that it learnt from as well; null: from the masks alone. */
    readonly teacherWidth: number | null;
    /** False when the network does no better than marking everything or nothing. */
    readonly learnt: boolean;
    /** Share of the base network's accuracy: measured when the base was ever trained on this dataset, else of its prediction. */
    readonly retained: { readonly share: number; readonly of: 'measured' | 'predicted' };
    readonly goal: GoalVerdict;
    readonly before: { readonly parameters: number; readonly bytes: number };
    readonly after: { readonly parameters: number; readonly bytes: number };
    readonly files: readonly ExportedFile[];
    readonly report: string;
  } | null;
}

export const compressKind = jobKind<CompressResult>()({
  kind: 'compress',
  fields: {
    ...question,
    ...training,
    seed,
    formats,
    /** Factor of the size to train whatever goal and limits say; without it these choose. */
    pick: z.number().gt(0).max(1).optional(),
    /** Also train the full network, so that a share of its accuracy is measured and not only predicted. */
    verifyGoal: z.boolean().default(false),
  },
  paths: { out: writtenPath },
  title: ({ family, dataset }, nameOf) => `Compress ${FAMILY_WORDS[family].plain} for ${nameOf(dataset)}`,
  lane: 'compute',
  reads: 'images',
  writes: true,
});
