import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, expect, it } from 'vitest';
import { NETWORK_FAMILIES } from '#common/network/networkFamilies.ts';
import { failing } from '../../failing.ts';
import { exportTfjs } from '../../../src-main/export/tfjs/exportTfjs.ts';
import { OutputFiles } from '../../../src-main/files/outputFiles.ts';
import { ProtectedFiles } from '../../../src-main/files/protectedFiles.ts';
import { trainedNetwork } from '../trainedNetwork.ts';

const out = mkdtempSync(join(tmpdir(), 'ccnet-tfjs-'));
afterAll(() => rmSync(out, { recursive: true }));
const outputs = new OutputFiles(new ProtectedFiles({ project: null, originals: [], isImage: () => false }));
const { signal } = new AbortController();

it.each(NETWORK_FAMILIES)(
  'a TensorFlow.js export of %s, run on kernels that are not ours, says what the trained network says',
  async (family) => {
    const { network, images } = trainedNetwork(family, 3);
    const folder = join(out, family);
    const { largestDifference } = await exportTfjs(
      outputs,
      folder,
      network,
      { product: 'test' },
      images,
      signal,
    );
    // Equal bits would mean that it ran on the engine itself.
    expect(largestDifference).toBeGreaterThan(0);
    expect(largestDifference).toBeLessThan(1e-5);
    expect(readdirSync(folder)).toEqual(['model.json', expect.stringMatching(/^weights-[0-9a-f]{16}\.bin$/)]);
  },
);

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]));

it('a TensorFlow.js export that disagrees leaves an older one as it was, and no tensor behind', async () => {
  const { network, images } = trainedNetwork('unet', 3);
  const folder = join(out, 'other');
  await exportTfjs(outputs, folder, network, {}, images, signal);
  const [before, older] = [memory().numTensors, contents(folder)];
  const off = images.map((image) => ({ ...image, foreground: image.foreground.map((p) => p + 2e-4) }));
  await expect(exportTfjs(outputs, folder, network, {}, off, signal)).rejects.toThrow(
    failing('export-differs'),
  );
  expect(contents(folder)).toEqual(older);
  expect(memory().numTensors).toBe(before);
});

it('a TensorFlow.js export in the place of an older one leaves no weights of that, and other files where they are', async () => {
  const folder = join(out, 'again');
  const [first, second] = [trainedNetwork('unet', 3), trainedNetwork('unet', 1)];
  await exportTfjs(outputs, folder, first.network, {}, first.images, signal);
  await outputs.write(join(folder, 'weights-notes.bin'), 'mine');
  await exportTfjs(outputs, folder, second.network, {}, second.images, signal);
  const weights = readdirSync(folder).filter((name) => name !== 'model.json' && name !== 'weights-notes.bin');
  expect(weights).toHaveLength(1);
  expect(readFileSync(join(folder, 'model.json'), 'utf8')).toContain(`"${weights[0]}"`);
  expect(readFileSync(join(folder, 'weights-notes.bin'), 'utf8')).toBe('mine');
});
