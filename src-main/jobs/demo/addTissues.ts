import { join } from 'node:path';
import { throwIfCancelled } from '#common/errors.ts';
import type { OnProgress } from '#contract/progress.ts';
import { generateDataset, type Tissue, TISSUES } from '../../demo/generateDataset.ts';
import type { Project } from '../../project/project.ts';
import { addDataset } from '../dataset/addDataset.ts';

/** Side in pixels of the demo's images; the shipped runs (assets/demo-library.json) belong to these very images. */
export const DEMO_SIDE = 128;
const IMAGES = 20;

/**
 * Generates every tissue in a folder of its own under `out` and adds those that the project does not have yet. Equal
 * options give equal pixels, so what an interrupted start left is simply written again.
 */
export async function addTissues(
  project: Project,
  out: string,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Tissue[]> {
  const tissues = Object.keys(TISSUES) as Tissue[];
  for (const [done, tissue] of tissues.entries()) {
    throwIfCancelled(signal, 'Making the demo');
    const stage = 'Generating images';
    onProgress({ stage, done, total: tissues.length, unit: 'tissues', secondsLeft: null });
    if (project.datasets.find(tissue)) continue;
    const folder = join(out, tissue);
    await generateDataset(folder, { tissue, images: IMAGES, side: DEMO_SIDE, seed: 1, signal });
    const request = { kind: 'add-dataset', path: folder, name: tissue, splitMode: 'hashed' } as const;
    await addDataset(request, project).run(signal, () => undefined);
  }
  return tissues;
}
