import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeLibrary } from '../calibration/mergeLibrary.ts';
import { readLibraryFile } from '../calibration/readLibraryFile.ts';
import type { RequestOf } from '../contract/jobRequest.ts';
import type { ResultOf } from '../contract/jobResult.ts';
import { jobTitle } from '../contract/jobTitle.ts';
import { throwIfCancelled } from '../contract/errors.ts';
import { generateDataset, type Tissue, TISSUES } from '../demo/generateDataset.ts';
import type { Project } from '../project/project.ts';
import { addDataset } from './addDataset.ts';
import type { Job } from './job.ts';

/** As `ccnet demo` makes them, so that the shipped runs belong to these very images. */
const IMAGES = 20;
const SIDE = 128;

/** Runs of `ccnet demo` on its four calibration tissues, and those on public datasets. */
const LIBRARIES = ['demo-library.json', 'starter-library.json'];

/** Fills an empty project with the generated tissues and the runs that were trained on four of them. */
export function makeDemo(request: RequestOf<'make-demo'>, project: Project): Job<ResultOf<'make-demo'>> {
  return {
    kind: request.kind,
    title: jobTitle(request),
    async run(signal, report) {
      const tissues = Object.keys(TISSUES) as Tissue[];
      for (const [done, tissue] of tissues.entries()) {
        throwIfCancelled(signal, 'Making the demo');
        const stage = 'Generating images';
        report({ stage, done, total: tissues.length, unit: 'tissues', secondsLeft: null });
        const folder = join(request.out, tissue);
        // Equal options give equal pixels, so what an interrupted start left is simply written again.
        await generateDataset(folder, { tissue, images: IMAGES, side: SIDE, seed: 1, signal });
        if (project.datasets.find(tissue)) continue;
        const add = { kind: 'add-dataset', path: folder, name: tissue, splitMode: 'hashed' } as const;
        await addDataset(add, project).run(signal, () => undefined);
      }
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
