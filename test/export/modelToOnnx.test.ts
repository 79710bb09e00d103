import '@tensorflow/tfjs-backend-cpu';
import { layers, model as buildModel, input, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { modelToOnnx } from '../../src-main/export/onnx/modelToOnnx.ts';
import { verifyOnnx } from '../../src-main/export/verifyExport.ts';
import { withProbabilities } from '../../src-main/export/withProbabilities.ts';
import { everyLayer, verificationImage } from './smallModel.ts';

const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata: { key: 'value' } };

describe('modelToOnnx', () => {
  it('gives the same probabilities in onnxruntime as the model gives in TensorFlow.js, at two image sizes', async () => {
    const model = withProbabilities(everyLayer());
    const images = [verificationImage(model, 8, 12), verificationImage(model, 16, 4)];
    expect(await verifyOnnx('model.onnx', modelToOnnx(model, about), images)).toBeLessThan(1e-5);
  });

  it('names the layer that ONNX export does not know', () => {
    const image = input({ shape: [null, null, 3] });
    const odd = layers.upSampling2d({ size: [2, 2], name: 'odd_one' }).apply(image) as SymbolicTensor;
    expect(() => modelToOnnx(buildModel({ inputs: image, outputs: odd }), about)).toThrow(
      /odd_one.*UpSampling2D/,
    );
  });
});
