import { join } from 'node:path';
import { NEW_IMAGES, UNSEEN } from '#common/demoImages.ts';
import { generateDataset } from '../../demo/generateDataset.ts';
import { addStarterLibrary } from '../calibration/starterLibrary.ts';
import { storeLibrary } from '../calibration/storeLibrary.ts';
import { shippedLibrary } from '../../calibration/shippedLibrary.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Project } from '../../project/project.ts';
import { addTissues, DEMO_SIDE } from './addTissues.ts';
import type { Job } from '../job.ts';

/** Images to use the trained network on. */
const FRESH = 8;

/** Fills an empty project with the generated tissues and the runs that were trained on four of them. */
export function makeDemo(request: RequestOf<'make-demo'>, project: Project): Job<ResultOf<'make-demo'>> {
  return {
    async run(signal, onProgress) {
      const tissues = await addTissues(project, request.out, signal, onProgress);
      const folder = join(request.out, NEW_IMAGES);
      await generateDataset(folder, { tissue: UNSEEN, images: FRESH, side: DEMO_SIDE, seed: 2, signal });
      return { datasets: tissues, runs: importLibraries(project) };
    },
  };
}

/** Runs of `ccnet demo` on its four calibration tissues, and those on public datasets. */
function importLibraries(project: Project): number {
  const own = storeLibrary(project, shippedLibrary('demo')).added.length;
  return own + addStarterLibrary(project).added;
}
