import { describe, expect, it } from 'vitest';
import { WEBGPU_CALLS } from '#contract/webgpuCalls.ts';
import { describeNetwork } from '../../src-main/network/describeNetwork.ts';

const batch = {
  size: 1,
  height: 2,
  width: 2,
  channels: 3,
  images: new Float32Array(12),
  masks: new Uint8Array(4),
};
const sample = { width: 2, height: 2, channels: 3, image: new Float32Array(12), mask: new Uint8Array(4) };
const crop = { sample: 0, top: -1, left: 2, symmetry: 7, jitter: null };
const crops = { size: 1, side: 16, channels: 3, crops: [crop] };
const tensor = { name: 'kernel', shape: [2, 3], data: new Float32Array(6) };
const layers = describeNetwork({ family: 'unet', width: 4, channels: 3, classes: 2, factor: 1 });
const order = { layers, weights: [tensor], loss: { foregroundWeight: 1 }, seed: 1 };

describe('what the window with WebGPU takes', () => {
  it.each([
    ['a step', 'run', { step: 0, batch, learningRate: 1e-3 }],
    ['a network with its weights', 'open', order],
    ['an image to hold', 'hold', { step: 0, index: 3, sample }],
    [
      'crops with marks of their own',
      'runCrops',
      { step: 0, batch: { ...crops, masks: new Uint8Array(256) }, learningRate: 1e-3 },
    ],
    ['crops of held images', 'runCrops', { step: 0, batch: crops, learningRate: 1e-3 }],
    [
      'a scalar',
      'setOptimizer',
      { step: 0, tensors: [{ name: 'step', shape: [], data: Float32Array.of(3) }] },
    ],
  ] as const)('is %s', (_what, name, payload) => {
    expect(WEBGPU_CALLS[name].payload.safeParse(payload).success).toBe(true);
  });

  it.each([
    [
      'images of another size than said',
      'run',
      { step: 0, batch: { ...batch, width: 3 }, learningRate: 1e-3 },
    ],
    [
      'fewer masks than pixels',
      'run',
      { step: 0, batch: { ...batch, masks: new Uint8Array(3) }, learningRate: 1 },
    ],
    ['an image of another size than said', 'hold', { step: 0, index: 3, sample: { ...sample, width: 3 } }],
    [
      'fewer marks than crops have pixels',
      'runCrops',
      { step: 0, batch: { ...crops, masks: new Uint8Array(255) }, learningRate: 1e-3 },
    ],
    ['fewer crops than said', 'runCrops', { step: 0, batch: { ...crops, size: 2 }, learningRate: 1e-3 }],
    [
      'a symmetry that a square has not',
      'runCrops',
      { step: 0, batch: { ...crops, crops: [{ ...crop, symmetry: 8 }] }, learningRate: 1e-3 },
    ],
    ['images as a list', 'run', { step: 0, batch: { ...batch, images: [1, 2] }, learningRate: 1 }],
    ['a negative learning rate', 'run', { step: 0, batch, learningRate: -1 }],
    ['a weight with too few values', 'open', { ...order, weights: [{ ...tensor, shape: [2, 4] }] }],
    ['an unknown layer', 'open', { ...order, layers: [{ ...layers[0], kind: 'attention' }] }],
    ['a step that is no number', 'close', 'all'],
  ] as const)('is not %s', (_what, name, payload) => {
    expect(WEBGPU_CALLS[name].payload.safeParse(payload).success).toBe(false);
  });

  it('answers a loss that is no number as such: training has diverged, the window has not', () => {
    for (const loss of [0.5, Number.NaN, Infinity]) {
      expect(WEBGPU_CALLS.run.result.safeParse(loss).success).toBe(true);
    }
    expect(WEBGPU_CALLS.run.result.safeParse('0.5').success).toBe(false);
  });
});
