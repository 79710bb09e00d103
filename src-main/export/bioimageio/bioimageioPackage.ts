import { createHash } from 'node:crypto';
import type { Publication } from '#common/use/publication.ts';
import { type NetworkCard, networkWords } from '#common/use/networkCard.ts';
import { OPSET } from '../onnx/networkToOnnx.ts';
import { npy } from './npy.ts';
import { storedZip } from './storedZip.ts';
import { bioimageioSteps, type TestInput } from './testInput.ts';

export interface PackageContent {
  readonly card: NetworkCard;
  readonly publication: Publication;
  /** The network as ONNX, which standardises each image itself. */
  readonly onnx: Uint8Array;
  /** The page that tells how the network is used, Markdown. */
  readonly guide: string;
  readonly input: TestInput;
  /** height * width foreground probabilities that the network gives for the prepared input. */
  readonly foreground: Float32Array;
  /** PNG */
  readonly cover: Uint8Array;
}

const FORMAT = '0.5.4';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A network as a package of the BioImage Model Zoo: description of format 0.5, weights, test tensors, documentation and cover in a .zip.
 * The description is written as JSON, which every YAML parser reads.
 */
export function bioimageioPackage(content: PackageContent): Uint8Array {
  const { card, publication, onnx, input, foreground, cover } = content;
  const { channels, height, width } = input;
  const pixels = height * width;
  const output = new Float32Array(2 * pixels);
  foreground.forEach((value, pixel) => {
    output[pixel] = 1 - value;
    output[pixels + pixel] = value;
  });
  const files = {
    'weights.onnx': onnx,
    'test_input.npy': npy(input.data, [1, channels, height, width]),
    'test_output.npy': npy(output, [1, 2, height, width]),
    'README.md': Buffer.from(documentation(content)),
    'cover.png': cover,
  };
  const source = (name: keyof typeof files) => ({ source: name, sha256: sha256(files[name]) });
  const depth = card.training.depths[0] ?? 8;
  const multiple = card.preparation.padding.multipleOf;
  const description = {
    format_version: FORMAT,
    type: 'model',
    name: nameOf(card),
    description: `${networkWords(card.network)}, trained on ${card.dataset.name} to tell foreground from background. Dice ${card.test.dice.toFixed(3)} on ${card.test.images} test images.`,
    authors: publication.authors,
    cite: publication.cite,
    license: publication.licence,
    documentation: 'README.md',
    covers: ['cover.png'],
    tags: ['semantic-segmentation', card.network.family, '2d', 'cc-net'],
    timestamp: card.trainedAt,
    version: '0.1.0',
    inputs: [
      {
        id: 'image',
        description: `Image resized so that its shorter side has ${card.preparation.workingSide} pixels; sides padded to multiples of ${multiple} by reflection.`,
        axes: [
          { type: 'batch' },
          { type: 'channel', channel_names: channels === 3 ? ['red', 'green', 'blue'] : ['intensity'] },
          ...(['y', 'x'] as const).map((id) => ({
            type: 'space',
            id,
            size: { min: multiple, step: multiple },
          })),
        ],
        data: { type: { 8: 'uint8', 16: 'uint16', 32: 'float32' }[depth] },
        test_tensor: source('test_input.npy'),
        preprocessing: bioimageioSteps(card.preparation, depth),
      },
    ],
    outputs: [
      {
        id: 'probabilities',
        description: `Probability of each class; foreground is where the second is above ${card.preparation.threshold}.`,
        axes: [
          { type: 'batch' },
          { type: 'channel', channel_names: card.preparation.classes },
          ...(['y', 'x'] as const).map((id) => ({
            type: 'space',
            id,
            size: { tensor_id: 'image', axis_id: id },
          })),
        ],
        data: { type: 'float32' },
        test_tensor: source('test_output.npy'),
      },
    ],
    weights: { onnx: { ...source('weights.onnx'), opset_version: OPSET } },
  };
  return storedZip([
    { name: 'rdf.yaml', content: Buffer.from(JSON.stringify(description, null, 2)) },
    ...Object.entries(files).map(([name, bytes]) => ({ name, content: bytes })),
  ]);
}

/** Letters, digits and what else the format takes, 5 to 128 of them. */
function nameOf({ dataset, network }: NetworkCard): string {
  const plain = `${network.family} for ${dataset.name}`.replace(/[^A-Za-z0-9 _+()-]+/g, ' ').trim();
  return plain.slice(0, 120).padEnd(5, '-');
}

function documentation({ card, guide }: PackageContent): string {
  return [
    guide,
    '## In this package',
    '',
    'The description holds what is done to intensities; `weights.onnx` standardises each channel itself (step 6). Resizing to the working resolution has no word in it: whoever runs the model resizes',
    `images first so that the shorter side has ${card.preparation.workingSide} pixels, and the answer back. Percentiles are those of the resized image here, and interpolated,`,
    'so that results differ a little from those of the steps above.',
    '',
    '## Validation',
    '',
    `Dice ${card.test.dice.toFixed(3)}, IoU ${card.test.iou.toFixed(3)} on ${card.test.images} test images of the same dataset, which the training never saw.`,
    '',
  ].join('\n');
}
