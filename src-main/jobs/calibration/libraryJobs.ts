import { exportLibrary as toLibrary } from '../../calibration/exportLibrary.ts';
import { CcnetError } from '#common/errors.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Project } from '../../project/project.ts';
import type { Job } from '../job.ts';
import { outputsOf } from '../outputs.ts';
import { addStarterLibrary, removeStarterLibrary } from './starterLibrary.ts';
import { storeLibrary } from './storeLibrary.ts';

/** Writes all runs of the project, and the complexity of their datasets, to a library file. */
export function exportLibrary(
  request: RequestOf<'export-library'>,
  project: Project,
): Job<ResultOf<'export-library'>> {
  return {
    async run() {
      const library = toLibrary(project.runs.all(), project.calibratedDatasets.list());
      await outputsOf(project).write(request.file, library.text);
      return { file: request.file, runs: library.exported };
    },
  };
}

/**
 * Adds the runs of a library file, or of the starter library, that the project does not have yet. Of the starter library it also takes out what
 * an older version brought and this one no longer has.
 */
export function importLibrary(
  request: RequestOf<'import-library'>,
  project: Project,
): Job<ResultOf<'import-library'>> {
  return {
    async run() {
      if (request.file === null) return { ...addStarterLibrary(project), refused: [] };
      const merge = storeLibrary(project, request.file);
      return {
        added: merge.added.length,
        skipped: merge.skipped,
        removed: 0,
        refused: merge.refused.map(({ position, reason }) => `run ${position}: ${reason}`),
      };
    },
  };
}

/** Takes a library out of the project; importing it again brings it back. @throws unknown-library */
export function removeLibrary(
  { library }: RequestOf<'remove-library'>,
  project: Project,
): Job<ResultOf<'remove-library'>> {
  return {
    async run() {
      if (library === 'starter') {
        const { removed, kept } = removeStarterLibrary(project);
        return { removed, kept };
      }
      const known = project.runs.libraries();
      if (!known.some((one) => one.library === library)) {
        const names = known.flatMap((one) => one.library ?? []);
        throw new CcnetError('unknown-library', { library: library ?? '', known: names });
      }
      return project.transaction(() => {
        const change = project.runs.removeLibrary(library);
        project.calibratedDatasets.forgetUnused();
        return change;
      });
    },
  };
}
