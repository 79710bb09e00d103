import { UNSEEN } from '#common/demoImages.ts';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import { DEFAULT_LIMITS } from '#common/prediction/defaultLimits.ts';
import { type TrainingRecipe } from '#common/training/training.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { Tissue } from '../../demo/generateDataset.ts';
import { Project } from '../../project/project.ts';
import { addTissues, DEMO_SIDE } from './addTissues.ts';
import { calibrate } from '../calibration/calibrate.ts';
import { compress } from '../training/compress.ts';
import type { Job } from '../job.ts';

const WIDTH = 16;
const ALPHAS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16];

const RECIPE: TrainingRecipe = {
  ...DEFAULT_RECIPE,
  workingSide: DEMO_SIDE,
  crop: 64,
  epochs: 8,
  stepsPerEpoch: 20,
  warmupSteps: 10,
};

export interface DemoResult extends CompressResult {
  readonly project: string;
}

/**
 * The whole way on generated images: four tissues to calibrate, a fifth that is predicted, compressed, verified, exported
 * and reported. A second run in the same folder continues or repeats the last steps with what is stored.
 * @param out folder that receives the images, the project and the export
 */
export function runDemo(out: string): Job<DemoResult> {
  return {
    async run(signal, onProgress) {
      const path = join(out, 'demo.ccnet');
      if (existsSync(out) && !existsSync(path) && existsSync(join(out, 'images'))) {
        throw new CcnetError('folder-not-empty', { path: out });
      }
      await mkdir(out, { recursive: true });
      const project = Project.openOrCreate(path);
      try {
        const tissues = await addTissues(project, join(out, 'datasets'), signal, onProgress);
        const network = { family: 'unet', width: WIDTH, alphas: ALPHAS } as const;
        const training = { recipe: RECIPE, device: 'native', threads: null } as const;
        const idOf = (tissue: Tissue): number => project.datasets.named(tissue).id;
        const datasets = tissues.filter((tissue) => tissue !== UNSEEN).map(idOf);
        const alphas = [...ALPHAS];
        await calibrate(
          { kind: 'calibrate', datasets, ...network, alphas, seeds: [1], ...training },
          project,
        ).run(signal, onProgress);
        const result = await compress(
          {
            kind: 'compress',
            dataset: idOf(UNSEEN),
            ...network,
            alphas,
            limits: DEFAULT_LIMITS,
            workingSide: DEMO_SIDE,
            ...training,
            verifyGoal: false,
            seed: 1,
            formats: ['onnx', 'tfjs'],
            out: join(out, 'compressed'),
          },
          project,
        ).run(signal, onProgress);
        return { ...result, project: path };
      } finally {
        project.close();
      }
    },
  };
}
