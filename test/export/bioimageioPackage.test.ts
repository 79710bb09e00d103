import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, fromBuffer } from 'yauzl';
import { expect, test } from 'vitest';
import sharp from 'sharp';
import { CompiledStep } from '../../src-main/engine/compiled/compiledStep.ts';
import { standardise } from '../../src-main/training/standardise.ts';
import { stepOrder } from '../engine/compiled/stepOrder.ts';
import { publicationOption } from '../../src-main/cli/publicationOption.ts';
import { bioimageioPackage } from '../../src-main/export/bioimageio/bioimageioPackage.ts';
import { npy } from '../../src-main/export/bioimageio/npy.ts';
import { prepareAsBioimageio } from '../../src-main/export/bioimageio/testInput.ts';
import { standardisingToOnnx } from '../../src-main/export/onnx/pixels/standardisingToOnnx.ts';
import { verifyOnnx } from '../../src-main/export/onnx/verifyOnnx.ts';
import { failing } from '../failing.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { sampleCard } from './sampleCard.ts';
import { trainedNetwork } from './trainedNetwork.ts';

const about = { producer: { name: 'test', version: '1' }, description: 'a test', metadata: {} };

/** Names and contents of an archive, read by a library that checks sizes and checksums. */
async function contents(zip: Uint8Array): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(Buffer.from(zip), { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error);
      archive.on('error', reject).on('end', resolve);
      archive.on('entry', (entry: Entry) => {
        archive.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(parts));
            archive.readEntry();
          });
        });
      });
      archive.readEntry();
    });
  });
  return files;
}

test('the package holds what its description names, and its weights standardise images themselves', async () => {
  const card = sampleCard();
  const { network, images } = trainedNetwork('unet', 1);
  const onnx = standardisingToOnnx(network, card.preparation, about);
  const [height, width] = [64, 32];
  const data = Uint16Array.from({ length: height * width }, (_, at) => (at * 7919) % 4001);
  const input = { data, channels: 1, height, width };
  const zip = bioimageioPackage({
    card,
    publication: { authors: [{ name: 'A' }], licence: 'MIT', cite: [{ text: 'a', doi: '10.1/x' }] },
    onnx,
    guide: '# Guide',
    input,
    foreground: new Float32Array(height * width).fill(0.25),
    cover: new Uint8Array([1, 2, 3]),
  });
  const files = await contents(zip);
  const description = JSON.parse(files.get('rdf.yaml')?.toString() ?? '') as Record<string, unknown>;
  expect(description).toMatchObject({
    type: 'model',
    license: 'MIT',
    inputs: [{ data: { type: 'uint16' }, test_tensor: { source: 'test_input.npy' } }],
    weights: { onnx: { source: 'weights.onnx', opset_version: 17 } },
  });
  expect(files.get('weights.onnx')).toEqual(Buffer.from(onnx));
  expect(files.get('test_output.npy')?.subarray(0, 6).toString('latin1')).toBe('\x93NUMPY');
  // Shifted and stretched intensities come to what the network says of standardised ones.
  const step = new CompiledStep(stepOrder(network.layers));
  step.setWeights(network.weights);
  const shown = images.map(({ image, height, width, channels }) => ({
    height,
    width,
    channels,
    image: image.map((value) => 0.1 * value + 0.5),
    foreground: step.predict(standardise(image, channels), 1, height, width),
  }));
  step.dispose();
  expect(await verifyOnnx('weights.onnx', onnx, shown, undefined, 'intensities')).toBeLessThan(1e-4);
});

test('percentiles of the description are those that NumPy interpolates', () => {
  const { preparation } = sampleCard();
  const data = Uint16Array.from({ length: 1001 }, (_, at) => at);
  const prepared = prepareAsBioimageio({ data, channels: 1, height: 7, width: 143 }, preparation, 16);
  expect(prepared[0]).toBe(0);
  expect(prepared[500]).toBeCloseTo((500 - 1) / 998, 5);
  expect(prepared[1000]).toBe(1);
});

test('an array is written as NumPy reads it', () => {
  const bytes = Buffer.from(npy(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]));
  expect(bytes.readUInt16LE(8) + 10).toBe(bytes.length - 24);
  expect((bytes.length - 24) % 64).toBe(0);
  expect(bytes.toString('latin1', 10, 80)).toContain("'shape': (2, 3,)");
});

test('authors, licence and citations are read as people write them, all or none', () => {
  expect(
    publicationOption({
      authors: 'Ada L. (Analytical Engine); B',
      licence: 'CC-BY-4.0',
      cite: 'CC-Net https://arxiv.org/abs/1901.01578; Other doi:10.1234/abc',
    }),
  ).toEqual({
    authors: [{ name: 'Ada L.', affiliation: 'Analytical Engine' }, { name: 'B' }],
    licence: 'CC-BY-4.0',
    cite: [
      { text: 'CC-Net', url: 'https://arxiv.org/abs/1901.01578' },
      { text: 'Other', doi: '10.1234/abc' },
    ],
  });
  expect(publicationOption({})).toBeNull();
  expect(() => publicationOption({ authors: 'A' })).toThrow(failing('option-missing'));
  expect(() => publicationOption({ authors: 'A', licence: 'my own!', cite: 'x 10.1234/abc' })).toThrow(
    '--licence',
  );
  expect(() => publicationOption({ authors: 'A', licence: 'MIT', cite: 'x 10.1234/abc; y' })).toThrow(
    'each needs a DOI or an address',
  );
});

/** A Python with bioimageio.core and onnxruntime. */
const PYTHON = process.env['CCNET_BIOIMAGEIO_PYTHON'];

test.skipIf(PYTHON === undefined)('bioimageio.core’s own test passes', async () => {
  const card = sampleCard();
  const { network } = trainedNetwork('unet', 1);
  const step = new CompiledStep(stepOrder(network.layers));
  step.setWeights(network.weights);
  const [height, width] = [64, 96];
  const data = Uint16Array.from({ length: height * width }, (_, at) => 500 + 400 * Math.sin(at / 50));
  const input = { data, channels: 1, height, width };
  const prepared = standardise(prepareAsBioimageio(input, card.preparation, 16), 1);
  const foreground = step.predict(prepared, 1, height, width);
  step.dispose();
  const background = '#446688';
  const cover = await sharp({ create: { width: 96, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
  const file = join(temporaryFolder(), 'network.bioimageio.zip');
  writeFileSync(
    file,
    bioimageioPackage({
      card,
      publication: {
        authors: [{ name: 'A' }],
        licence: 'MIT',
        cite: [{ text: 'a', url: 'https://example.org' }],
      },
      onnx: standardisingToOnnx(network, card.preparation, about),
      guide: '# Guide',
      input,
      foreground,
      cover,
    }),
  );
  const script =
    'import sys; from bioimageio.core import test_description as t; s = t(sys.argv[1]); print(s.status); print(s.format())';
  const answer = execFileSync(PYTHON ?? '', ['-c', script, file], { encoding: 'utf8' });
  expect(answer).toMatch(/^passed$/m);
});
