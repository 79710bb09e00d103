import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '#common/errors.ts';
import { layersModel } from '../../src-main/engine/tape/layersModel.ts';
import { failing } from '../failing.ts';
import { networkToOnnx } from '../../src-main/export/onnx/networkToOnnx.ts';
import { verifyOnnx } from '../../src-main/export/onnx/verifyOnnx.ts';
import { modelToTfjs, tfjsToModel } from '../../src-main/export/tfjs/modelToTfjs.ts';
import { verifyTfjs } from '../../src-main/export/tfjs/verifyTfjs.ts';
import { withProbabilities } from '../../src-main/export/tfjs/withProbabilities.ts';
import { trainedNetwork } from './trainedNetwork.ts';

const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata: {} };

beforeAll(() => setBackend('cpu'));

describe('verification of an export', () => {
  const { network, images } = trainedNetwork('unet', 3);
  const [right] = images;
  if (!right) throw new Error('There is an image.');
  const wrong = {
    ...right,
    foreground: right.foreground.map((value, pixel) => (pixel === 63 ? value + 2e-4 : value)),
  };
  const model = () => withProbabilities(layersModel(network.layers, network.weights, { name: 'unet' }));

  it('reads a TensorFlow.js export back that says what the trained network says', async () => {
    const again = await tfjsToModel(await modelToTfjs(model(), { product: 'test' }));
    expect(await verifyTfjs('model.json', again, [right])).toBeLessThan(1e-5);
  });

  it('fails when a single pixel of an ONNX export differs by more than the tolerance', async () => {
    const file = networkToOnnx(network, about);
    await expect(verifyOnnx('a.onnx', file, [wrong])).rejects.toThrow(failing('export-differs'));
  });

  it('fails when a single pixel of a TensorFlow.js export differs by more than the tolerance', async () => {
    await expect(verifyTfjs('model.json', model(), [wrong])).rejects.toThrow(/model\.json.*differs/);
  });

  it('fails when an output is not a number', async () => {
    const lost = { ...right, foreground: right.foreground.map(() => Number.NaN) };
    await expect(verifyTfjs('model.json', model(), [lost])).rejects.toThrow(failing('export-differs'));
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(verifyTfjs('model.json', model(), [right], signal)).rejects.toThrow(CancelledError);
  });
});
