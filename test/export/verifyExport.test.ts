import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '#common/errors.ts';
import { VerificationError } from '../../src-main/export/exportErrors.ts';
import { modelToTfjs, tfjsToModel } from '../../src-main/export/modelToTfjs.ts';
import { modelToOnnx } from '../../src-main/export/onnx/modelToOnnx.ts';
import { verifyOnnx, verifyTfjs } from '../../src-main/export/verifyExport.ts';
import { withProbabilities } from '../../src-main/export/withProbabilities.ts';
import { everyLayer, verificationImage } from './smallModel.ts';

const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata: {} };

describe('verification of an export', () => {
  const model = withProbabilities(everyLayer());
  const right = verificationImage(model, 8, 8);
  const wrong = {
    ...right,
    foreground: right.foreground.map((value, pixel) => (pixel === 63 ? value + 2e-4 : value)),
  };

  it('reads a TensorFlow.js export back with equal output', async () => {
    const again = await tfjsToModel(await modelToTfjs(model, { product: 'test' }));
    expect(await verifyTfjs('model.json', again, [right])).toBeLessThan(1e-6);
  });

  it('fails when a single pixel of an ONNX export differs by more than the tolerance', async () => {
    await expect(verifyOnnx('a.onnx', modelToOnnx(model, about), [wrong])).rejects.toThrow(VerificationError);
  });

  it('fails when a single pixel of a TensorFlow.js export differs by more than the tolerance', async () => {
    await expect(verifyTfjs('model.json', model, [wrong])).rejects.toThrow(/model\.json.*differs/);
  });

  it('fails when an output is not a number', async () => {
    const lost = { ...right, foreground: right.foreground.map(() => Number.NaN) };
    await expect(verifyTfjs('model.json', model, [lost])).rejects.toThrow(VerificationError);
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(verifyTfjs('model.json', model, [right], signal)).rejects.toThrow(CancelledError);
  });
});
