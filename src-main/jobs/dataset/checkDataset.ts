import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { examineDataset } from '../../dataset/doctor/examineDataset.ts';
import { chosenSource } from './chosenSource.ts';
import type { Job } from '../job.ts';
import { choicesOf, manualPairs } from './manualPairs.ts';

/** Lets the doctor look at a folder or .zip, and stores nothing. */
export function checkDataset(request: RequestOf<'check-dataset'>): Job<ResultOf<'check-dataset'>> {
  return {
    async run(signal, onProgress) {
      const source = await chosenSource(request);
      try {
        return await examineDataset(source, {
          signal,
          onProgress,
          ...manualPairs(request.pairing),
          ...choicesOf(request),
        });
      } finally {
        await source.close();
      }
    },
  };
}
