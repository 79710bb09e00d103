import { mergeLibrary } from '../../calibration/mergeLibrary.ts';
import { readLibraryFile } from '../../calibration/readLibraryFile.ts';
import { shippedLibrary } from '../../calibration/shippedLibrary.ts';
import type { RequestOf } from '#contract/jobRequest.ts';
import type { ResultOf } from '#contract/jobResult.ts';
import { jobTitle } from '#contract/jobTitle.ts';
import type { Project } from '../../project/project.ts';
import { addTissues } from './addTissues.ts';
import type { Job } from '../job.ts';

/** Runs of `ccnet demo` on its four calibration tissues, and those on public datasets. */
const LIBRARIES = ['demo', 'starter'] as const;

/** Fills an empty project with the generated tissues and the runs that were trained on four of them. */
export function makeDemo(request: RequestOf<'make-demo'>, project: Project): Job<ResultOf<'make-demo'>> {
  return {
    kind: request.kind,
    title: jobTitle(request),
    async run(signal, onProgress) {
      const tissues = await addTissues(project, request.out, signal, onProgress);
      return { datasets: tissues, runs: importLibraries(project) };
    },
  };
}

function importLibraries(project: Project): number {
  return LIBRARIES.reduce((runs, name) => {
    const merge = mergeLibrary(project.runs.all(), readLibraryFile(shippedLibrary(name)));
    return runs + project.runs.import(merge.added);
  }, 0);
}
