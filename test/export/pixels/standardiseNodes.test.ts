import { InferenceSession, Tensor } from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { PREPARATION, preparationOf } from '#common/preparation/preparation.ts';
import { encodeOnnx } from '../../../src-main/export/onnx/onnxMessages.ts';
import { OPSET } from '../../../src-main/export/onnx/networkToOnnx.ts';
import { GraphBuilder } from '../../../src-main/export/onnx/pixels/graphBuilder.ts';
import { standardiseNodes } from '../../../src-main/export/onnx/pixels/intensityNodes.ts';
import { standardise } from '../../../src-main/training/standardise.ts';

it('standardises a large image of little contrast as the training does', async () => {
  const graph = new GraphBuilder();
  const output = standardiseNodes(graph, 'image', preparationOf({ channels: 1 }, 256));
  const bytes = encodeOnnx({
    producer: { name: 'test', version: '1' },
    description: '',
    metadata: {},
    opset: OPSET,
    graph: {
      name: 'standardise',
      nodes: graph.nodes,
      initializers: graph.initializers,
      inputs: [{ name: 'image', shape: ['batch', 1, 'height', 'width'] }],
      outputs: [{ name: output, shape: ['batch', 1, 'height', 'width'] }],
    },
  });
  // Bright, with a deviation of a hundredth: sums in single precision lose the last digits of its mean.
  const side = 1024;
  const image = Float32Array.from(
    { length: side * side },
    (_, at) => 0.93 + 0.014 * Math.sin(at / 11) * Math.cos(at / 7001),
  );
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const answer = await session.run({ image: new Tensor('float32', image, [1, 1, side, side]) });
  const found = answer[output]?.data as Float32Array;
  await session.release();
  const wanted = standardise(image, 1);
  let largest = 0;
  wanted.forEach((value, at) => (largest = Math.max(largest, Math.abs(value - (found[at] ?? Number.NaN)))));
  expect(PREPARATION.leastDeviation).toBeLessThan(0.005);
  expect(largest).toBeLessThan(2e-5);
});
