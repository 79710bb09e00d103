import { TENSORFLOW_EXCLUSIONS } from './tensorflowExclusions.ts';

/** What a backend is not judged by, and why. */
export interface Exclusions {
  /** Kernels that the backend does not have, by name: a spec that fails for lack of one is excluded. Must not be registered. */
  readonly kernels: Readonly<Record<string, string>>;
  /** Limits that the backend names itself, by a part of its error: a spec that fails with it is excluded. */
  readonly limits?: Readonly<Record<string, string>>;
  /** Specs that are not run, by the beginning of their full name. */
  readonly specs: Readonly<Record<string, string>>;
}

const VOLUMES = 'three-dimensional images are not supported by the product';
const TEXT = 'text processing; no network here has text';
const RAGGED = 'ragged and sparse tensors; images are dense';
const SPECTRA = 'Fourier transforms; no network here uses them';
const DETECTION = 'object detection; the product segments';
const DEPTHWISE = 'depthwise convolution; U-Net, FCN-8s and CUMedVision have none';
const RARE = 'a layer that none of the three networks has';

/** Kernels of TensorFlow.js that the native backend does not have at all: calling one is an error that names it. */
const NATIVE_KERNELS: Readonly<Record<string, string>> = {
  AvgPool3D: VOLUMES,
  AvgPool3DGrad: VOLUMES,
  MaxPool3D: VOLUMES,
  MaxPool3DGrad: VOLUMES,
  Conv3D: VOLUMES,
  Conv3DBackpropFilterV2: VOLUMES,
  Conv3DBackpropInputV2: VOLUMES,
  DepthwiseConv2dNative: DEPTHWISE,
  DepthwiseConv2dNativeBackpropFilter: DEPTHWISE,
  DepthwiseConv2dNativeBackpropInput: DEPTHWISE,
  FusedDepthwiseConv2D: DEPTHWISE,
  Dilation2D: RARE,
  Dilation2DBackpropFilter: RARE,
  Dilation2DBackpropInput: RARE,
  LRN: RARE,
  LRNGrad: RARE,
  MaxPoolWithArgmax: RARE,
  FFT: SPECTRA,
  IFFT: SPECTRA,
  NonMaxSuppressionV3: DETECTION,
  NonMaxSuppressionV4: DETECTION,
  NonMaxSuppressionV5: DETECTION,
  Transform: 'image warping; augmentation has its own',
  RotateWithOffset: 'image warping; augmentation has its own',
  RaggedGather: RAGGED,
  RaggedRange: RAGGED,
  RaggedTensorToTensor: RAGGED,
  SparseFillEmptyRows: RAGGED,
  SparseReshape: RAGGED,
  SparseSegmentMean: RAGGED,
  SparseSegmentSum: RAGGED,
  StaticRegexReplace: TEXT,
  StringNGrams: TEXT,
  StringSplit: TEXT,
  StringToHashBucketFast: TEXT,
};

const NATIVE_SPECS: Readonly<Record<string, string>> = {
  'avgPool native {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'expects a gradient divided by the whole window, although the forward pass divides by the pixels inside the image; ours is the derivative',
  'conv2dTranspose native {} input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4':
    'asks for a 4x4 output of an 8x8 input at stride 1, of which the reference ignores three quarters; ours is an error',
};

/** Exclusions by backend name; a backend without an entry is judged by every spec. */
export const EXCLUSIONS: Readonly<Record<string, Exclusions>> = {
  native: { kernels: NATIVE_KERNELS, specs: NATIVE_SPECS },
  tensorflow: TENSORFLOW_EXCLUSIONS,
};
