import { describe, expect, it } from 'vitest';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { complexityKernels, type KernelSample } from '../../src-main/complexity/complexityKernels.ts';
import { stepAddon, type StepNetwork } from '../../src-main/engine/compiled/stepAddon.ts';

/**
 * Calls of the addon that no TypeScript of ours makes: whatever it is given, it answers with an error that names what is wrong. Also
 * run under the sanitizers (scripts/sanitize.ts), which see an overread that happens not to crash.
 */

type Fields = Record<string, unknown>;
type Weight = Pick<NamedTensor, 'name' | 'data'>;

const IMAGE: Fields = { kind: 'input', name: 'image', inputs: [], channels: 3 };
const HIDDEN: Fields = { kind: 'convolution', name: 'hidden', inputs: ['image'], channels: 4, kernel: 3 };
const NORM: Fields = {
  kind: 'batchNorm',
  name: 'norm',
  inputs: ['hidden'],
  channels: 4,
  epsilon: 1e-3,
  momentum: 0.9,
};
const POOL: Fields = { kind: 'maxPool', name: 'pool', inputs: ['norm'], channels: 4 };
const UP: Fields = { kind: 'transposed', name: 'up', inputs: ['pool'], channels: 4, kernel: 2, stride: 2 };
const DROP: Fields = { kind: 'dropout', name: 'drop', inputs: ['up'], channels: 4, rate: 0.5 };
const SUM: Fields = { kind: 'add', name: 'sum', inputs: ['drop', 'norm'], channels: 4 };
const JOINED: Fields = { kind: 'concat', name: 'joined', inputs: ['sum', 'image'], channels: 7 };
const HEAD: Fields = { kind: 'convolution', name: 'head', inputs: ['joined'], channels: 2, kernel: 1 };
const TABLE = [IMAGE, HIDDEN, NORM, POOL, UP, DROP, SUM, JOINED, HEAD];

const layers = (fields: readonly unknown[] = TABLE) => fields as readonly LayerDescription[];
/** The table with one layer changed. */
const changed = (name: string, change: Fields) =>
  layers(TABLE.map((layer) => (layer['name'] === name ? { ...layer, ...change } : layer)));

const SIZES: Readonly<Record<string, number>> = {
  'hidden/kernel': 9 * 3 * 4,
  'hidden/bias': 4,
  'norm/gamma': 4,
  'norm/beta': 4,
  'norm/moving_mean': 4,
  'norm/moving_variance': 4,
  'up/kernel': 4 * 4 * 4,
  'up/bias': 4,
  'head/kernel': 7 * 2,
  'head/bias': 2,
};
const WEIGHTS: readonly Weight[] = Object.entries(SIZES).map(([name, size]) => ({
  name,
  data: new Float32Array(size).fill(1),
}));
const weightsWith = (name: string, change: Fields) =>
  WEIGHTS.map((weight): Weight => (weight.name === name ? { ...weight, ...change } : weight));

const addon = stepAddon();
const { StepNetwork } = addon;
const kernels = complexityKernels();
const SHAPE = { size: 1, height: 4, width: 6, training: true };
const PIXELS = new Float32Array(4 * 6 * 3);
const MASKS = new Uint8Array(4 * 6);
const make = (): StepNetwork => new StepNetwork(layers(), WEIGHTS);
const SAMPLE: KernelSample & WorkingSample = {
  name: 'sample',
  width: 2,
  height: 2,
  channels: 1,
  image: new Float32Array(4),
  mask: new Uint8Array(4),
  grey: new Uint8Array(4),
};
/** A call with arguments of whatever type. */
const call = (network: StepNetwork, method: keyof StepNetwork, ...args: unknown[]): unknown =>
  Reflect.apply(Reflect.get(network, method) as () => unknown, network, args);

const GRAPHS: [string, readonly LayerDescription[], RegExp][] = [
  ['nothing', undefined as never, /the layers must be an array/],
  ['a text', 'unet' as never, /the layers must be an array/],
  ['no layers', [], /2 to 4096 layers, not 0/],
  ['the input alone', layers([IMAGE]), /2 to 4096 layers, not 1/],
  ['more layers than any network has', new Array(5000) as never, /at most 4096 elements/],
  ['a hole instead of a layer', layers([IMAGE, undefined]), /layers\[1\] must be an object/],
  ['a layer without a name', changed('hidden', { name: undefined }), /layers\[1\]\.name must be a text/],
  ['an empty name', changed('hidden', { name: '' }), /Layer 1 has no name/],
  ['two layers of one name', changed('norm', { name: 'hidden' }), /hidden: another layer has this name/],
  ['an unknown kind', changed('pool', { kind: 'averagePool' }), /no operation averagePool/],
  ['no input', layers(TABLE.slice(1)), /hidden: .*image, which is no layer before it/],
  ['a second input', changed('pool', { kind: 'input' }), /pool: the first layer, and no other/],
  ['an input that reads', changed('image', { inputs: ['head'] }), /image: it reads head/],
  [
    'a layer that reads itself',
    changed('pool', { inputs: ['pool'] }),
    /pool: it reads pool, which is no layer/,
  ],
  [
    'a layer that reads a later one',
    changed('norm', { inputs: ['head'] }),
    /norm: it reads head, which is no/,
  ],
  [
    'inputs that are indices',
    changed('norm', { inputs: [1] }),
    /layers\[2\]\.inputs\[0\] must be a text, not 1/,
  ],
  ['a layer without inputs', changed('norm', { inputs: [] }), /norm: it reads 0 layers instead of one/],
  [
    'a convolution of two maps',
    changed('head', { inputs: ['sum', 'image'] }),
    /it reads 2 layers instead of one/,
  ],
  [
    'a layer that nothing reads',
    layers([...TABLE.slice(0, 8), { ...HEAD, inputs: ['image'] }]),
    /no layer reads it/,
  ],
  ['no channels', changed('hidden', { channels: 0 }), /hidden: it has 0 channels/],
  ['less than no channels', changed('hidden', { channels: -4 }), /hidden: it has -4 channels/],
  ['half a channel', changed('hidden', { channels: 4.5 }), /channels must be a whole number .* not 4\.5/],
  ['NaN channels', changed('hidden', { channels: NaN }), /channels must be a whole number/],
  [
    'channels that overflow',
    changed('hidden', { channels: 2 ** 31 - 1 }),
    /hidden: it has 2147483647 channels/,
  ],
  ['an even kernel', changed('hidden', { kernel: 4 }), /hidden: its kernel has a side of 4/],
  ['a huge kernel', changed('hidden', { kernel: 99_999 }), /hidden: its kernel has a side of 99999/],
  ['a stride of 0', changed('up', { stride: 0 }), /up: its kernel has a side of 2 and its stride is 0/],
  ['a kernel below the stride', changed('up', { stride: 3 }), /a kernel is at least as large as the stride/],
  [
    'a batch norm of other channels',
    changed('norm', { channels: 5 }),
    /norm: it has 5 channels where its input has 4/,
  ],
  ['an epsilon of 0', changed('norm', { epsilon: 0 }), /norm: its epsilon/],
  ['a momentum of 2', changed('norm', { momentum: 2 }), /norm: its momentum/],
  ['a dropout of everything', changed('drop', { rate: 1 }), /drop: its rate/],
  [
    'a concatenation of other channels',
    changed('joined', { channels: 8 }),
    /joined: .*8 channels where .* 7/,
  ],
  [
    'a sum of different channels',
    changed('sum', { inputs: ['drop', 'image'] }),
    /sum: .*4 channels where .* 3/,
  ],
  ['three logits', changed('head', { channels: 3 }), /head: the last layer has 2 channels/],
];

describe('a network from layers with', () => {
  it.each(GRAPHS)('%s is refused, as is its plan', (_, given, words) => {
    expect(() => new StepNetwork(given, WEIGHTS)).toThrow(words);
    expect(() => addon.planMemory(given, SHAPE)).toThrow(words);
  });
});

const SHAPES: [string, Fields, RegExp][] = [
  ['no images', { size: 0 }, /size must be a whole number from 1/],
  ['a negative height', { height: -4 }, /height must be a whole number from 1/],
  ['a width of NaN', { width: NaN }, /width must be a whole number from 1/],
  [
    'a height that cannot be halved',
    { height: 5 },
    /Layer pool cannot halve 5 x 6 at an input of 5 x 6 pixels/,
  ],
  [
    'more pixels than can be counted',
    { size: 2 ** 31 - 1, height: 2 ** 24, width: 2 ** 24 },
    /empty or too large/,
  ],
  ['a side beyond all images', { height: 2 ** 31 - 2 }, /empty or too large/],
  ['a purpose of another type', { training: 1 }, /training must be true or false/],
];

describe('a plan for', () => {
  it.each(SHAPES)('%s is refused', (_, change, words) => {
    expect(() => addon.planMemory(layers(), { ...SHAPE, ...change })).toThrow(words);
  });

  it('maps of different sizes is refused', () => {
    const uneven = layers([...TABLE.slice(0, 6), { ...SUM, inputs: ['pool', 'drop'] }, JOINED, HEAD]);
    expect(() => addon.planMemory(uneven, SHAPE)).toThrow(/Layer sum joins feature maps of different sizes/);
  });

  it('logits that are not of the size of the image is refused', () => {
    const small = layers([IMAGE, { ...POOL, inputs: ['image'], channels: 3 }, { ...HEAD, inputs: ['pool'] }]);
    expect(() => addon.planMemory(small, SHAPE)).toThrow(/Layer head gives logits of 2 x 3/);
  });

  it('more memory than any computer has says so, without naming a file', () => {
    const wide = changed('hidden', { channels: 32_768 }).map((layer) =>
      ['norm', 'pool', 'up', 'drop', 'sum'].includes(layer.name) ? { ...layer, channels: 32_768 } : layer,
    );
    const joined = wide.map((layer) =>
      layer.name === 'joined' ? { ...layer, inputs: ['sum'], channels: 32_768 } : layer,
    );
    expect(() => addon.planMemory(joined, { ...SHAPE, size: 8, height: 16_384, width: 16_384 })).toThrow(
      expect.objectContaining({ code: 'OUT_OF_MEMORY', message: expect.stringMatching(/memory/) as string }),
    );
  });
});

const WEIGHT_LISTS: [string, readonly Weight[], RegExp][] = [
  ['nothing', undefined as never, /the weights must be an array/],
  ['no weights', [], /The weight hidden\/kernel is missing/],
  ['one too few', WEIGHTS.slice(0, -1), /The weight head\/bias is missing/],
  ['one twice', [...WEIGHTS, ...WEIGHTS.slice(0, 1)], /hidden\/kernel is given twice/],
  ['one of another network', weightsWith('up/bias', { name: 'down/bias' }), /no weight down\/bias/],
  [
    'one that is too short',
    weightsWith('up/kernel', { data: new Float32Array(3) }),
    /up\/kernel has 3 elements .* 64/,
  ],
  [
    'one that is too long',
    weightsWith('head/bias', { data: new Float32Array(9) }),
    /head\/bias has 9 elements .* 2/,
  ],
  [
    'doubles',
    weightsWith('head/bias', { data: new Float64Array(2) }),
    /weights\[9\]\.data must be a Float32Array/,
  ],
  ['a plain array', weightsWith('head/bias', { data: [1, 2] }), /data must be a Float32Array/],
];

describe('a network with', () => {
  it.each(WEIGHT_LISTS)('%s as weights is refused', (_, given, words) => {
    expect(() => new StepNetwork(layers(), given)).toThrow(words);
  });
});

const CALLS: [string, (network: StepNetwork) => unknown, RegExp][] = [
  ['too few pixels', (n) => n.predict(1, 4, 6, PIXELS.subarray(1)), /have 71 values .* need 72/],
  [
    'pixels of another type',
    (n) => call(n, 'predict', 1, 4, 6, new Uint8Array(72)),
    /images must be a Float32Array/,
  ],
  ['no pixels', (n) => call(n, 'predict', 1, 4, 6), /images must be a Float32Array/],
  [
    'a side that the pools cannot halve',
    (n) => n.predict(1, 3, 6, new Float32Array(54)),
    /cannot halve 3 x 6/,
  ],
  ['sizes whose product overflows', (n) => n.predict(2 ** 31 - 1, 2 ** 24, 2 ** 24, PIXELS), /too large/],
  [
    'sizes that are texts',
    (n) => call(n, 'predict', '1', '4', '6', PIXELS),
    /number of images must be a whole/,
  ],
  [
    'too few mask values',
    (n) => n.step(1, 4, 6, PIXELS, MASKS.subarray(1), 1, 1e-3, 0),
    /one value per pixel/,
  ],
  [
    'masks of floats',
    (n) => call(n, 'step', 1, 4, 6, PIXELS, PIXELS, 1, 1e-3, 0),
    /masks must be a Uint8Array/,
  ],
  [
    'a learning rate of NaN',
    (n) => n.step(1, 4, 6, PIXELS, MASKS, 1, NaN, 0),
    /learning rate must be a finite/,
  ],
  ['a negative seed', (n) => n.step(1, 4, 6, PIXELS, MASKS, 1, 1e-3, -1), /seed must be a whole number/],
  ['an unknown weight', (n) => n.weight('tail/kernel'), /no weight tail\/kernel/],
  ['a weight by its index', (n) => call(n, 'weight', 0), /name of the weight must be a text, not 0/],
  ['a weight of another size', (n) => n.setWeight('head/bias', new Float32Array(3)), /3 elements .* has 2/],
  ['the gradient of an average', (n) => n.gradient('norm/moving_mean'), /not learnt by gradients/],
  [
    'moments of another size',
    (n) => n.setMoments('head/bias', PIXELS, PIXELS),
    /first moment of head\/bias has 72/,
  ],
  ['a negative number of steps', (n) => (n.steps = -1), /number of steps must be a whole number/],
  ['a number of steps that overflows', (n) => (n.steps = 1e38), /number of steps must be a whole number/],
  [
    'itself as another object',
    (n) => Reflect.get<StepNetwork, 'weight'>(n, 'weight').call({}, 'head/bias'),
    /Illegal invocation/,
  ],
];

describe('a network that is given', () => {
  it.each(CALLS)('%s refuses, and works on', (_, wrong, words) => {
    const network = make();
    expect(() => wrong(network)).toThrow(words);
    expect(network.step(1, 4, 6, PIXELS, MASKS, 1, 1e-3, 0)).toBeGreaterThan(0);
    expect(network.steps).toBe(1);
    network.dispose();
    expect(() => network.steps).toThrow(/has been disposed of/);
  });

  it('an instruction set that does not exist is refused', () => {
    expect(() => new StepNetwork(layers(), WEIGHTS, 'avx1024' as never)).toThrow(/instruction set avx1024/);
  });
});

it.each([0, -1, 1.5, NaN, 1e9, undefined])('refuses to run on %s threads', (count) => {
  expect(() => addon.setThreadCount(count as number)).toThrow(
    /number of threads must be a whole number from 1/,
  );
});

const SAMPLES: [string, Fields, RegExp][] = [
  ['no width', { width: undefined }, /samples\[0\]\.width must be a whole number/],
  ['more pixels than its arrays', { width: 3 }, /image has 4 elements, not 6/],
  ['two channels', { channels: 2 }, /1 or 3 channels/],
  ['a product of sides that overflows', { width: 2 ** 30, height: 2 ** 30 }, /1 to 2\^31 - 1 pixels/],
  ['a mask of floats', { mask: new Float32Array(4) }, /mask must be a Uint8Array/],
  ['a short place for the luminance', { grey: new Uint8Array(3) }, /grey has 3 elements, not 4/],
];

it.each(SAMPLES)('an image with %s is not measured', (_, change, words) => {
  expect(() => kernels.measureImages([{ ...SAMPLE, ...change }])).toThrow(words);
});

const MASKED = [SAMPLE, SAMPLE];
const STATE = new Int32Array(2);
const CLASSIFIER = { weights: new Float64Array(43), intercept: 0 };
const SEGMENTABILITY: [string, () => unknown, RegExp][] = [
  [
    'samples without masks',
    () => kernels.measureSegmentability([{ ...SAMPLE, mask: undefined as never }], 1, STATE),
    /mask must be a Uint8Array/,
  ],
  ['half a seed', () => kernels.measureSegmentability(MASKED, 0.5, STATE), /seed must be a whole number/],
  [
    'a state of one number',
    () => kernels.measureSegmentability(MASKED, 1, new Int32Array(1)),
    /state has 1 elements, not 2/,
  ],
  [
    'a classifier without weights',
    () => kernels.pixelProbabilities(SAMPLE, {} as never, new Float32Array(4)),
    /weights must be a Float64Array/,
  ],
  [
    'a classifier of other features',
    () =>
      kernels.pixelProbabilities(
        SAMPLE,
        { ...CLASSIFIER, weights: new Float64Array(3) },
        new Float32Array(4),
      ),
    /weights has 3 elements/,
  ],
  [
    'too little room',
    () => kernels.pixelProbabilities(SAMPLE, CLASSIFIER, new Float32Array(3)),
    /probabilities has 3 elements, not 4/,
  ],
];

it.each(SEGMENTABILITY)('segmentability from %s is not measured', (_, wrong, words) => {
  expect(wrong).toThrow(words);
});

it('says by a code that a call was wrong', () => {
  expect(() => make().weight('x')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
});
