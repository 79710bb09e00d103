import { join } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import { preparationSteps } from '#common/preparation/preparationWords.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { isFindable } from '#common/use/isFindable.ts';
import { cardMetadata, type NetworkCard } from '#common/use/networkCard.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import type { ExportFormat } from '#contract/jobs/requestFields.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { bioimageioPackage } from '../../export/bioimageio/bioimageioPackage.ts';
import type { ExportedNetwork } from '../../export/exportedNetwork.ts';
import { exportGuide } from '../../export/guide/exportGuide.ts';
import { networkToOnnx } from '../../export/onnx/networkToOnnx.ts';
import { pixelsToOnnx } from '../../export/onnx/pixels/pixelsToOnnx.ts';
import { standardisingToOnnx } from '../../export/onnx/pixels/standardisingToOnnx.ts';
import { verifyPixels } from '../../export/onnx/pixels/verifyPixels.ts';
import { verifyOnnx } from '../../export/onnx/verifyOnnx.ts';
import type { OutputFiles } from '../../files/outputFiles.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { packageParts } from './packageInput.ts';
import { pixelImages } from './pixelImages.ts';
import { verificationImages } from './verificationImages.ts';

/** What a format is written from. */
export interface FormatContext {
  readonly project: Project;
  readonly engine: Engine;
  readonly dataset: DatasetRecord;
  readonly record: TrainedNetworkRecord;
  readonly weights: readonly NamedTensor[];
  readonly card: NetworkCard;
  readonly out: string;
  /** Beginning of the file's name. */
  readonly stem: string;
  readonly outputs: OutputFiles;
  readonly signal: AbortSignal;
}

type Written = Omit<ExportedFile, 'format' | 'guide'>;

const PRODUCER = { name: 'CC-Net Workstation', version: PRODUCT_VERSION };

const exported = ({ record, weights }: FormatContext): ExportedNetwork => ({
  name: record.network.family,
  layers: describeNetwork(record.network),
  weights,
});

const imagesOf = ({ project, engine, dataset, record, weights, signal }: FormatContext) =>
  verificationImages(project, engine, dataset, record, weights, signal);

async function onnx(context: FormatContext): Promise<Written> {
  const { card, out, stem, outputs, signal } = context;
  const file = join(out, `${stem}.onnx`);
  const about = { producer: PRODUCER, description: stem, metadata: cardMetadata(card) };
  const bytes = networkToOnnx(exported(context), about);
  const largestDifference = await verifyOnnx(file, bytes, await imagesOf(context), signal);
  await outputs.write(file, bytes);
  return { file, bytes: bytes.byteLength, largestDifference, differs: 'at most' };
}

/** The depth that most training images have decides how the graph reads intensities. */
async function onnxPixels(context: FormatContext): Promise<Written> {
  const { card, out, stem, outputs, signal, project, engine, dataset, record, weights } = context;
  const depth = card.training.depths[0] ?? 8;
  const file = join(out, `${stem}-pixels.onnx`);
  const inside = preparationSteps(card.preparation);
  const steps = [
    `Stored values of one ${depth === 8 ? '8-bit image (0 to 255)' : depth === 16 ? '16-bit image' : 'float image'} as float32, ${card.network.channels === 3 ? 'three channels (a grey image three times)' : 'one channel'}. What follows is done inside the file, without tiles:`,
    ...inside,
  ];
  const about = { producer: PRODUCER, description: stem, metadata: cardMetadata(card, steps) };
  const bytes = pixelsToOnnx(exported(context), card.preparation, depth, about);
  const images = await pixelImages(project, engine, dataset, record, weights, depth);
  const largestDifference = await verifyPixels(file, bytes, images, signal);
  await outputs.write(file, bytes);
  return { file, bytes: bytes.byteLength, largestDifference, differs: 'on average' };
}

async function tfjs(context: FormatContext): Promise<Written> {
  const { card, out, stem, outputs, signal } = context;
  // With it comes TensorFlow.js.
  const { exportTfjs } = await import('../../export/tfjs/exportTfjs.ts');
  const folder = join(out, `${stem}-tfjs`);
  const images = await imagesOf(context);
  const written = await exportTfjs(outputs, folder, exported(context), cardMetadata(card), images, signal);
  return { ...written, differs: 'at most' };
}

/** @throws publication-missing where the project does not know authors, licence and citations that can be found */
async function bioimageio(context: FormatContext): Promise<Written> {
  const { project, engine, dataset, card, weights, out, stem, outputs, signal } = context;
  const publication = project.settings.get('publication');
  if (!publication || !isFindable(publication)) throw new CcnetError('publication-missing', {});
  const about = { producer: PRODUCER, description: stem, metadata: cardMetadata(card) };
  const file = join(out, `${stem}.bioimageio.zip`);
  const onnx = standardisingToOnnx(exported(context), card.preparation, about);
  const { intensities, ...parts } = await packageParts(project, engine, dataset, card, weights);
  const tested = { ...parts.input, image: intensities, foreground: parts.foreground };
  const largestDifference = await verifyOnnx(file, onnx, [tested], signal, 'intensities');
  const guide = exportGuide(card, stem, [], []);
  const bytes = bioimageioPackage({ card, publication, onnx, guide, ...parts });
  await outputs.write(file, bytes);
  return { file, bytes: bytes.byteLength, largestDifference, differs: 'at most' };
}

/** How each format is written and verified. */
export const FORMATS: { readonly [Format in ExportFormat]: (context: FormatContext) => Promise<Written> } = {
  onnx,
  'onnx-pixels': onnxPixels,
  tfjs,
  bioimageio,
};
