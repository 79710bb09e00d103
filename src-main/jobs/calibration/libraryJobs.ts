import { exportLibrary as toLibrary } from '../../calibration/exportLibrary.ts';
import { shippedLibrary } from '../../calibration/shippedLibrary.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { writeFileSafely } from '../../export/writeFileSafely.ts';
import type { Project } from '../../project/project.ts';
import type { Job } from '../job.ts';
import { storeLibrary } from './storeLibrary.ts';

/** Writes all runs of the project, and the complexity of their datasets, to a library file. */
export function exportLibrary(
  request: RequestOf<'export-library'>,
  project: Project,
): Job<ResultOf<'export-library'>> {
  return {
    async run() {
      const library = toLibrary(project.runs.all(), project.calibratedDatasets.list());
      await writeFileSafely(request.file, library.text);
      return { file: request.file, runs: library.exported };
    },
  };
}

/** Adds the runs of a library file, or of the starter library, that the project does not have yet. */
export function importLibrary(
  request: RequestOf<'import-library'>,
  project: Project,
): Job<ResultOf<'import-library'>> {
  return {
    async run() {
      const file = request.file ?? shippedLibrary('starter');
      const merge = storeLibrary(project, file);
      return {
        added: merge.added.length,
        skipped: merge.skipped,
        refused: merge.refused.map(({ position, reason }) => `run ${position}: ${reason}`),
      };
    },
  };
}
