import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { networkWeights, sizeOf } from '#common/network/layerWeights.ts';
import { requireSoundWeights } from '#common/network/soundWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { type NetworkCard, networkCardSchema } from '#common/use/networkCard.ts';
import { fromOnnxKernel } from '../export/onnx/onnxKernel.ts';
import { type OnnxContent, readOnnx } from '../export/onnx/readOnnx.ts';
import { weightsDigest } from '../export/weightsDigest.ts';
import { describeNetwork } from '../network/describeNetwork.ts';

/** A trained network with all that is needed to use it. */
export interface UsableNetwork {
  readonly card: NetworkCard;
  readonly weights: readonly NamedTensor[];
}

/**
 * Reads an .onnx file of ours back, with or without preparation, so that it runs on the engine that trained it.
 * @throws network-file-unknown, network-file-damaged, file-unreadable
 */
export async function readNetworkFile(path: string): Promise<UsableNetwork> {
  const file = basename(path);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CcnetError('file-unreadable', { file, reason: reasonOf(cause) }, { cause });
  });
  let content: OnnxContent;
  try {
    content = readOnnx(bytes);
  } catch (cause) {
    throw new CcnetError('network-file-unknown', { file, why: 'no-onnx' }, { cause });
  }
  const card = readCard(file, content.metadata['ccnet']);
  const wanted = networkWeights(describeNetwork(card.network));
  const weights = wanted.map(({ name, role }): NamedTensor => {
    const tensor = content.floats.get(name);
    // Before it is turned around, as its shape may promise more than it holds.
    if (tensor?.data.length !== sizeOf(tensor?.shape ?? []))
      throw new CcnetError('network-file-damaged', { file });
    return { name, ...(role === 'kernel' ? fromOnnxKernel(tensor) : tensor) };
  });
  if (weightsDigest(weights) !== card.weights) throw new CcnetError('network-file-damaged', { file });
  try {
    requireSoundWeights(wanted, weights);
  } catch (cause) {
    throw new CcnetError('network-file-damaged', { file }, { cause });
  }
  return { card, weights };
}

function readCard(file: string, text: string | undefined): NetworkCard {
  if (text === undefined) throw new CcnetError('network-file-unknown', { file, why: 'no-card' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CcnetError('network-file-damaged', { file }, { cause });
  }
  const read = networkCardSchema.safeParse(value);
  if (read.success) return read.data;
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : null;
  if (typeof format === 'number' && format > 1) {
    throw new CcnetError('network-file-unknown', { file, why: 'newer-card' });
  }
  throw new CcnetError('network-file-damaged', { file });
}
