import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { layersModel } from '../../engine/tape/layersModel.ts';
import type { ExportedNetwork } from '../exportedNetwork.ts';
import type { VerificationImage } from '../verification.ts';
import { writeFileSafely } from '../writeFileSafely.ts';
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
 * Writes a network into a folder as a TensorFlow.js LayersModel, after the files were read back and agreed on images.
 * @throws export-differs when they do not; target-unwritable
 */
export function exportTfjs(
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
      let bytes = 0;
      for (const [name, content] of Object.entries(files)) {
        await writeFileSafely(join(folder, name), content as string | Uint8Array);
        bytes += Buffer.byteLength(content as string | Uint8Array);
      }
      return { file, bytes, largestDifference };
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      again.dispose();
    }
  });
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
