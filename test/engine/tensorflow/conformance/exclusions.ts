/** What the backend is not judged by, and why. */
interface Exclusions {
  /** Kernels that it does not have, by name: a spec that fails for lack of one is excluded. Must not be registered. */
  readonly kernels: Readonly<Record<string, string>>;
  /** Limits that it names itself, by a part of its error: a spec that fails with it is excluded. */
  readonly limits: Readonly<Record<string, string>>;
  /** Specs that are not run, by the beginning of their full name. */
  readonly specs: Readonly<Record<string, string>>;
}

const ABSENT = 'the package has no such kernel; none of the three networks needs it';
const PADDING = 'the package pads as "same" or "valid" only; the three networks use no other padding';
const CHANNEL_FIRST = 'the package is channel-last only, as the product is';
const TYPES = 'TensorFlow has this operation for other types only; networks compute in fp32';
const SCATTER = 'TensorFlow refuses the shapes that this scatter is given; no network scatters';

/** What TensorFlow 2.21 does not do, or does otherwise, through tfjs-node-gpu 4.22. The failures are the package's, and none concerns a network. */
export const EXCLUSIONS: Exclusions = {
  kernels: Object.fromEntries(
    [
      'BitwiseAnd',
      'DenseBincount',
      'MaxPoolWithArgmax',
      'RaggedGather',
      'RaggedRange',
      'RaggedTensorToTensor',
      'SearchSorted',
      'SparseFillEmptyRows',
      'SparseReshape',
      'SparseSegmentMean',
      'SparseSegmentSum',
      'StringNGrams',
      'StringSplit',
      'StringToHashBucketFast',
      'Transform',
    ].map((name) => [name, ABSENT]),
  ),
  limits: {
    "TF Backend supports only 'valid' and 'same' padding": PADDING,
    "does not support dataFormat:'NCHW'": CHANNEL_FIRST,
  },
  specs: {
    'avgPool3d tensorflow {} x=[1,1,1,1,1] f=[1,1,3] s=1 p=valid':
      'asks for an output of negative size, which TensorFlow refuses',
    'conv2dTranspose tensorflow {} input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4':
      'asks for a 4x4 output of an 8x8 input at stride 1, which TensorFlow refuses',
    'diag tensorflow {} bool': TYPES,
    'einsum tensorflow {} 2d matrix calculate trace: duplicate axes not implemented yet':
      'expects an error where TensorFlow has an answer',
    'einsum tensorflow {} nonexistent dimension throws error':
      'expects an error where TensorFlow has an answer',
    'greater tensorflow {} should support string comparison': TYPES,
    'greaterEqual tensorflow {} should support string comparison': TYPES,
    'leakyrelu tensorflow {} int32': TYPES,
    'less tensorflow {} should support string comparison': TYPES,
    'lessEqual tensorflow {} should support string comparison': TYPES,
    'multinomial tensorflow {} creates the same data given the same seed':
      'TensorFlow draws on from a seed instead of beginning again; our random numbers are our own',
    'round tensorflow {} int32': TYPES,
    'scatterND tensorflow {} should work for 2d': SCATTER,
    'scatterND tensorflow {} should work for simple 1d': SCATTER,
    'scatterND tensorflow {} should work for multiple 1d': SCATTER,
    'scatterND tensorflow {} should sum the duplicated indices': SCATTER,
    'scatterND tensorflow {} should work for tensorLike input': SCATTER,
    'sign tensorflow {} basic': 'the sign of NaN is NaN in TensorFlow, 0 in TensorFlow.js',
    'sign tensorflow {} does not propagate NaNs': 'the sign of NaN is NaN in TensorFlow, 0 in TensorFlow.js',
    'sign tensorflow {} accepts a tensor-like object':
      'the sign of NaN is NaN in TensorFlow, 0 in TensorFlow.js',
    'step kernel tensorflow {} with int32 tensor': TYPES,
    'tan tensorflow {} numbers exceed float32 precision': 'differs in the eighth digit, at a pole',
    'unique tensorflow {} 1d tensor with NaN and Infinity':
      'two NaN are two values in TensorFlow, one in TensorFlow.js',
  },
};
