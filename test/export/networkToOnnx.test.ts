import { describe, expect, it } from 'vitest';
import { NETWORK_FAMILIES } from '#common/network/network.ts';
import { cardMetadata } from '#common/use/networkCard.ts';
import { networkToOnnx } from '../../src-main/export/onnx/networkToOnnx.ts';
import { verifyOnnx } from '../../src-main/export/onnx/verifyOnnx.ts';
import { exportedBytes } from '../../src-main/jobs/prediction/exportedBytes.ts';
import { sampleCard } from './sampleCard.ts';
import { trainedNetwork } from './trainedNetwork.ts';

const about = {
  producer: { name: 'test', version: '1' },
  description: 'a test',
  metadata: cardMetadata(sampleCard()),
};
const cases = NETWORK_FAMILIES.flatMap((family) =>
  ([1, 3] as const).map((channels) => ({ family, channels })),
);

describe.each(cases)('the ONNX file of $family with $channels channels', ({ family, channels }) => {
  const { network, images } = trainedNetwork(family, channels);
  const file = networkToOnnx(network, about);

  it('says in onnxruntime what the trained network says, at two image sizes', async () => {
    const spread = images.flatMap(({ foreground }) => [Math.min(...foreground), Math.max(...foreground)]);
    expect(Math.max(...spread) - Math.min(...spread)).toBeGreaterThan(0.2);
    expect(await verifyOnnx('model.onnx', file, images)).toBeLessThan(1e-5);
  });

  it('is as large as was foretold, to within a kilobyte', () => {
    const spec = { family, width: 4, channels, classes: 2, factor: 0.5 } as const;
    expect(Math.abs(file.byteLength - exportedBytes(spec))).toBeLessThan(1024);
  });
});

it('names the weight that is missing', () => {
  const { network } = trainedNetwork('unet', 1);
  const weights = network.weights.filter(({ name }) => name !== 'up2_conv1_norm/gamma');
  expect(() => networkToOnnx({ ...network, weights }, about)).toThrow(/up2_conv1_norm\/gamma/);
});
