import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mergeLibrary } from '../calibration/mergeLibrary.ts';
import { readLibraryFile } from '../calibration/readLibraryFile.ts';
import type { RequestOf } from '../contract/jobRequest.ts';
import type { ResultOf } from '../contract/jobResult.ts';
import { jobTitle } from '../contract/jobTitle.ts';
import type { Project } from '../project/project.ts';
import { addTissues } from './addTissues.ts';
import type { Job } from './job.ts';

/** Runs of `ccnet demo` on its four calibration tissues, and those on public datasets. */
const LIBRARIES = ['demo-library.json', 'starter-library.json'];

/** Fills an empty project with the generated tissues and the runs that were trained on four of them. */
export function makeDemo(request: RequestOf<'make-demo'>, project: Project): Job<ResultOf<'make-demo'>> {
  return {
    kind: request.kind,
    title: jobTitle(request),
    async run(signal, report) {
      const tissues = await addTissues(project, request.out, signal, report);
      return { datasets: tissues, runs: importLibraries(project) };
    },
  };
}

/** Libraries lie beside `src-main/` in a checkout and beside `dist/` in an installation. */
function importLibraries(project: Project): number {
  const files = LIBRARIES.flatMap((name) =>
    [`../../assets/${name}`, `../assets/${name}`].map((path) =>
      fileURLToPath(new URL(path, import.meta.url)),
    ),
  );
  let runs = 0;
  for (const file of files.filter((path) => existsSync(path))) {
    runs += project.runs.import(mergeLibrary(project.runs.all(), readLibraryFile(file)).added);
  }
  return runs;
}
