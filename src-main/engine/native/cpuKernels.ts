/**
 * Kernels that the native backend borrows from tfjs-backend-cpu, in JavaScript. None belongs to a training step of our
 * networks (trainingSection refuses them there): they make small tensors, or serve inspection and tests.
 */
export const CPU_KERNELS: readonly string[] = [
  // Small tensors: ranges, samples, indices.
  'Range',
  'LinSpace',
  'Multinomial',
  'TopK',
  'Unique',
  'GatherNd',
  'ScatterNd',
  'TensorScatterUpdate',
  'SparseToDense',
  'SearchSorted',
  'Bincount',
  'DenseBincount',
  'BroadcastArgs',
  'Diag',
  // Statistics of results.
  'Cumsum',
  'Cumprod',
  'Einsum',
  'UnsortedSegmentSum',
  'BitwiseAnd',
  // Rearrangement that no network here uses.
  'BatchToSpaceND',
  'SpaceToBatchND',
  'DepthToSpace',
  'CropAndResize',
  'FlipLeftRight',
  // Complex numbers, which TensorFlow.js needs for its own bookkeeping of complex64 tensors.
  'Complex',
  'ComplexAbs',
  'Real',
  'Imag',
];
