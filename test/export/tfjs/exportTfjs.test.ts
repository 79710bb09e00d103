import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, expect, it } from 'vitest';
import { NETWORK_FAMILIES } from '#common/network/networkFamilies.ts';
import { failing } from '../../failing.ts';
import { exportTfjs } from '../../../src-main/export/tfjs/exportTfjs.ts';
import { trainedNetwork } from '../trainedNetwork.ts';

const out = mkdtempSync(join(tmpdir(), 'ccnet-tfjs-'));
afterAll(() => rmSync(out, { recursive: true }));
const { signal } = new AbortController();

it.each(NETWORK_FAMILIES)(
  'a TensorFlow.js export of %s, run on kernels that are not ours, says what the trained network says',
  async (family) => {
    const { network, images } = trainedNetwork(family, 3);
    const folder = join(out, family);
    const { largestDifference } = await exportTfjs(folder, network, { product: 'test' }, images, signal);
    // Equal bits would mean that it ran on the engine itself.
    expect(largestDifference).toBeGreaterThan(0);
    expect(largestDifference).toBeLessThan(1e-5);
    expect(readdirSync(folder)).toEqual(['model.json', 'weights.bin']);
  },
);

it('a TensorFlow.js export is not kept when it disagrees, and leaves no tensor behind', async () => {
  const { network, images } = trainedNetwork('unet', 3);
  const folder = join(out, 'other');
  await exportTfjs(folder, network, {}, images, signal);
  const before = memory().numTensors;
  const off = images.map((image) => ({ ...image, foreground: image.foreground.map((p) => p + 2e-4) }));
  await expect(exportTfjs(folder, network, {}, off, signal)).rejects.toThrow(failing('export-differs'));
  expect(existsSync(join(folder, 'model.json'))).toBe(false);
  expect(memory().numTensors).toBe(before);
});
