import { createHash } from 'node:crypto';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** Content of the two files of a TensorFlow.js LayersModel. */
export interface TfjsFiles {
  /** Of model.json. */
  readonly model: string;
  readonly weights: Uint8Array;
  /** Name of the weights' file, by which model.json knows it. It tells the content, so that no model.json ever gets the weights of another. */
  readonly weightsName: string;
}

/** Serialises a LayersModel in TensorFlow.js's own format: topology and manifest in model.json, weights beside it. */
export async function modelToTfjs(
  model: LayersModel,
  metadata: Readonly<Record<string, string>>,
): Promise<TfjsFiles> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  if (!saved?.weightData || !saved.weightSpecs) throw new Error('TensorFlow.js gave no weights to save.');
  const { modelTopology, weightSpecs, format, generatedBy, convertedBy = null } = saved;
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(saved.weightData));
  const weightsName = `weights-${createHash('sha256').update(weights).digest('hex').slice(0, 16)}.bin`;
  const json = {
    format,
    generatedBy,
    convertedBy,
    userDefinedMetadata: metadata,
    modelTopology,
    weightsManifest: [{ paths: [weightsName], weights: weightSpecs }],
  };
  return { model: JSON.stringify(json), weights, weightsName };
}

/** Loads what modelToTfjs wrote. */
export async function tfjsToModel(files: TfjsFiles): Promise<LayersModel> {
  const json = JSON.parse(files.model) as {
    modelTopology: object;
    weightsManifest: [{ weights: io.WeightsManifestEntry[] }];
  };
  const weightData = files.weights.slice().buffer;
  const { modelTopology, weightsManifest } = json;
  return loadLayersModel(
    io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
}
