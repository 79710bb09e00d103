import { storeLibrary } from '../calibration/storeLibrary.ts';
import { shippedLibrary } from '../../calibration/shippedLibrary.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Project } from '../../project/project.ts';
import { addTissues } from './addTissues.ts';
import type { Job } from '../job.ts';

/** Runs of `ccnet demo` on its four calibration tissues, and those on public datasets. */
const LIBRARIES = ['demo', 'starter'] as const;

/** Fills an empty project with the generated tissues and the runs that were trained on four of them. */
export function makeDemo(request: RequestOf<'make-demo'>, project: Project): Job<ResultOf<'make-demo'>> {
  return {
    async run(signal, onProgress) {
      const tissues = await addTissues(project, request.out, signal, onProgress);
      return { datasets: tissues, runs: importLibraries(project) };
    },
  };
}

function importLibraries(project: Project): number {
  return LIBRARIES.reduce((runs, name) => {
    return runs + storeLibrary(project, shippedLibrary(name)).added.length;
  }, 0);
}
