import { addStarterLibrary } from '../calibration/starterLibrary.ts';
import { storeLibrary } from '../calibration/storeLibrary.ts';
import { shippedLibrary } from '../../calibration/shippedLibrary.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Project } from '../../project/project.ts';
import { addTissues } from './addTissues.ts';
import type { Job } from '../job.ts';

/** Fills an empty project with the generated tissues and the runs that were trained on four of them. */
export function makeDemo(request: RequestOf<'make-demo'>, project: Project): Job<ResultOf<'make-demo'>> {
  return {
    async run(signal, onProgress) {
      const tissues = await addTissues(project, request.out, signal, onProgress);
      return { datasets: tissues, runs: importLibraries(project) };
    },
  };
}

/** Runs of `ccnet demo` on its four calibration tissues, and those on public datasets. */
function importLibraries(project: Project): number {
  const own = storeLibrary(project, shippedLibrary('demo')).added.length;
  return own + addStarterLibrary(project).added;
}
