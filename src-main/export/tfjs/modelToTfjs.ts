import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** Files of a TensorFlow.js LayersModel by their name in the folder. */
export interface TfjsFiles {
  readonly 'model.json': string;
  readonly 'weights.bin': Uint8Array;
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
  const json = {
    format,
    generatedBy,
    convertedBy,
    userDefinedMetadata: metadata,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  };
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(saved.weightData));
  return { 'model.json': JSON.stringify(json), 'weights.bin': weights };
}

/** Loads what modelToTfjs wrote. */
export async function tfjsToModel(files: TfjsFiles): Promise<LayersModel> {
  const json = JSON.parse(files['model.json']) as {
    modelTopology: object;
    weightsManifest: [{ weights: io.WeightsManifestEntry[] }];
  };
  const weightData = files['weights.bin'].slice().buffer;
  const { modelTopology, weightsManifest } = json;
  return loadLayersModel(
    io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
}
