import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { layersModel } from '../../engine/tape/layersModel.ts';
import type { OutputFiles } from '../../files/outputFiles.ts';
import type { ExportedNetwork } from '../exportedNetwork.ts';
import type { VerificationImage } from '../verification.ts';
import { onWasm } from './onWasm.ts';
import { modelToTfjs, type TfjsFiles, tfjsToModel } from './modelToTfjs.ts';
import { verifyTfjs } from './verifyTfjs.ts';
import { withProbabilities } from './withProbabilities.ts';

export interface WrittenModel {
  /** The model.json. */
  readonly file: string;
  readonly bytes: number;
  /** In foreground probability, from the trained network on the images. */
  readonly largestDifference: number;
}

/**
 * Writes a network into a folder as a TensorFlow.js LayersModel, after the files were read back and agreed on images. An export that lay
 * there is replaced at one moment, when model.json is renamed, and stays whole until then.
 * @throws export-differs when they do not, and nothing was written; target-unwritable; output-is-input
 */
export function exportTfjs(
  outputs: OutputFiles,
  folder: string,
  network: ExportedNetwork,
  metadata: Readonly<Record<string, string>>,
  images: readonly VerificationImage[],
  signal: AbortSignal,
): Promise<WrittenModel> {
  return onWasm(async () => {
    const file = join(folder, 'model.json');
    const files = await serialised(network, metadata);
    const again = await tfjsToModel(files);
    try {
      const largestDifference = await verifyTfjs(folder, again, images, signal);
      const replaced = await weightsOf(file);
      await outputs.write(join(folder, files.weightsName), files.weights);
      await outputs.write(file, files.model);
      for (const name of replaced)
        if (name !== files.weightsName) await rm(join(folder, name), { force: true });
      const bytes = Buffer.byteLength(files.model) + files.weights.byteLength;
      return { file, bytes, largestDifference };
    } finally {
      again.dispose();
    }
  });
}

/** Names of the weights that an earlier export of ours has beside its model.json. */
async function weightsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return [...text.matchAll(/"(weights(?:-[0-9a-f]{16})?\.bin)"/g)].flatMap(([, name]) => name ?? []);
}

async function serialised(
  { name, layers, weights }: ExportedNetwork,
  metadata: Readonly<Record<string, string>>,
): Promise<TfjsFiles> {
  const model = layersModel(layers, weights, { name });
  try {
    return await modelToTfjs(withProbabilities(model), metadata);
  } finally {
    model.dispose();
  }
}
