import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { UsageError } from '#common/errors.ts';
import { formatFactor } from '#common/network/factor.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { OnProgress } from '#contract/progress.ts';
import { openEngine } from '../../engine/openEngine.ts';
import { modelToTfjs, tfjsToModel } from '../../export/modelToTfjs.ts';
import { modelToOnnx } from '../../export/onnx/modelToOnnx.ts';
import { type VerificationImage, verifyOnnx, verifyTfjs } from '../../export/verifyExport.ts';
import { onWasm } from '../../export/onWasm.ts';
import { withProbabilities } from '../../export/withProbabilities.ts';
import { writeFileSafely } from '../../export/writeFileSafely.ts';
import { restoreNetwork } from '../../network/buildNetwork.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { Job } from '../job.ts';
import { verificationImages } from './verificationImages.ts';

type Formats = RequestOf<'export'>['formats'];

/** What a program that runs the file must know, stored in the file. */
function metadataOf(record: TrainedNetworkRecord, dataset: string): Record<string, string> {
  return {
    product: `CC-Net Workstation ${PRODUCT_VERSION}`,
    dataset,
    network: `${record.network.family}, width ${record.network.width}, factor ${formatFactor(record.network.factor)}`,
    preprocessing: `shorter side resized to ${record.recipe.workingSide} pixels; zero mean and unit variance per image and channel`,
    sides: 'multiples of 32, padded by reflection',
    output: 'softmax over [background, foreground]',
    testDice: record.test.dice.toFixed(4),
  };
}

/**
 * Writes a trained network in the asked formats and runs every file again on test images.
 * @throws VerificationError when a file disagrees with the trained network; it is removed then
 */
export async function exportVerified(
  project: Project,
  record: TrainedNetworkRecord,
  formats: Formats,
  out: string,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ExportedFile[]> {
  const dataset = record.datasetId === null ? undefined : project.datasets.byId(record.datasetId);
  if (!dataset) {
    throw new UsageError(
      `The dataset of run ${record.id} was removed from the project, so its export cannot be verified.`,
      'Add the dataset again and train on it.',
    );
  }
  const weights = project.networks.weights(record.id);
  const images = await verificationImages(project, dataset, record, weights, signal);
  const model = restoreNetwork(record.network, weights);
  const deployed = withProbabilities(model);
  const metadata = metadataOf(record, dataset.name);
  const stem = `${dataset.name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-${record.network.family}-${record.id}`;
  const about = {
    producer: { name: 'CC-Net Workstation', version: PRODUCT_VERSION },
    description: stem,
    metadata,
  };
  const files: ExportedFile[] = [];
  try {
    for (const [done, format] of formats.entries()) {
      onProgress({
        stage: `Exporting ${format}`,
        done,
        total: formats.length,
        unit: 'formats',
        secondsLeft: null,
      });
      if (format === 'onnx') {
        const file = join(out, `${stem}.onnx`);
        const bytes = modelToOnnx(deployed, about);
        const largestDifference = await verifyOnnx(file, bytes, images, signal);
        await writeFileSafely(file, bytes);
        files.push({ file, format, bytes: bytes.byteLength, largestDifference });
      } else {
        const folder = join(out, `${stem}-tfjs`);
        const written = await modelToTfjs(deployed, metadata);
        files.push({ format, ...(await onWasm(() => verifyAndWriteTfjs(folder, written, images, signal))) });
      }
    }
  } finally {
    model.dispose();
  }
  return files;
}

async function verifyAndWriteTfjs(
  folder: string,
  files: Awaited<ReturnType<typeof modelToTfjs>>,
  images: readonly VerificationImage[],
  signal: AbortSignal,
): Promise<Omit<ExportedFile, 'format'>> {
  const again = await tfjsToModel(files);
  try {
    const largestDifference = await verifyTfjs(folder, again, images, signal);
    let bytes = 0;
    for (const [name, content] of Object.entries(files)) {
      await writeFileSafely(join(folder, name), content as string | Uint8Array);
      bytes += Buffer.byteLength(content as string | Uint8Array);
    }
    return { file: join(folder, 'model.json'), bytes, largestDifference };
  } catch (error) {
    await rm(join(folder, 'model.json'), { force: true });
    throw error;
  } finally {
    again.dispose();
  }
}

/** Exports one trained network of the project. */
export function exportNetwork(request: RequestOf<'export'>, project: Project): Job<ResultOf<'export'>> {
  return {
    async run(signal, onProgress) {
      const record = project.networks.byId(request.network);
      if (!record) {
        const known = project.networks.list().map(({ id }) => id);
        throw new UsageError(
          `The project has no trained network ${request.network}.`,
          known.length > 0
            ? `It has: ${known.join(', ')} (see ccnet run list).`
            : 'Train one first with ccnet compress.',
        );
      }
      await openEngine('native');
      return exportVerified(project, record, request.formats, request.out, signal, onProgress);
    },
  };
}
