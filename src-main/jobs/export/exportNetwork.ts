import { join } from 'node:path';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { CcnetError } from '#common/errors.ts';
import { fileStem } from '#common/fileStem.ts';
import { formatFactor } from '#common/network/factor.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { OnProgress } from '#contract/progress.ts';
import { type Engine, openEngine } from '../../engine/openEngine.ts';
import { networkToOnnx } from '../../export/onnx/networkToOnnx.ts';
import { verifyOnnx } from '../../export/onnx/verifyOnnx.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { Job } from '../job.ts';
import { outputsOf } from '../outputs.ts';
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
 * @throws export-differs when a file disagrees with the trained network; it is not written then, and an older one stays
 */
export async function exportVerified(
  project: Project,
  engine: Engine,
  record: TrainedNetworkRecord,
  formats: Formats,
  out: string,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ExportedFile[]> {
  const dataset = record.datasetId === null ? undefined : project.datasets.byId(record.datasetId);
  if (!dataset) {
    throw new CcnetError('export-unverifiable', { network: record.id });
  }
  const weights = project.networks.weights(record.id);
  const images = await verificationImages(project, engine, dataset, record, weights, signal);
  const { family } = record.network;
  const network = { name: family, layers: describeNetwork(record.network), weights };
  const metadata = metadataOf(record, dataset.name);
  const stem = `${fileStem(dataset.name)}-${family}-${record.id}`;
  const producer = { name: 'CC-Net Workstation', version: PRODUCT_VERSION };
  const outputs = outputsOf(project);
  const files: ExportedFile[] = [];
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
      const bytes = networkToOnnx(network, { producer, description: stem, metadata });
      const largestDifference = await verifyOnnx(file, bytes, images, signal);
      await outputs.write(file, bytes);
      files.push({ file, format, bytes: bytes.byteLength, largestDifference });
    } else {
      // With it comes TensorFlow.js.
      const { exportTfjs } = await import('../../export/tfjs/exportTfjs.ts');
      const folder = join(out, `${stem}-tfjs`);
      files.push({ format, ...(await exportTfjs(outputs, folder, network, metadata, images, signal)) });
    }
  }
  return files;
}

/** Exports one trained network of the project. */
export function exportNetwork(request: RequestOf<'export'>, project: Project): Job<ResultOf<'export'>> {
  return {
    async run(signal, onProgress) {
      const record = project.networks.byId(request.network);
      if (!record) {
        const known = project.networks.list().map(({ id }) => id);
        throw new CcnetError('unknown-network', { network: request.network, known });
      }
      const engine = await openEngine('native');
      return exportVerified(project, engine, record, request.formats, request.out, signal, onProgress);
    },
  };
}
