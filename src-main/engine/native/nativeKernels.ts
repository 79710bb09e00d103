import type { NativeKernel } from './defineKernel.ts';
import { addNKernel } from './kernels/addN.ts';
import { aliasKernels } from './kernels/alias.ts';
import { argReduceKernels } from './kernels/argReduce.ts';
import { batchNormKernel } from './kernels/batchNorm.ts';
import { binaryKernels } from './kernels/binary.ts';
import { castKernel } from './kernels/cast.ts';
import { concatKernels } from './kernels/concat.ts';
import { convolutionKernels } from './kernels/convolution.ts';
import { fillKernels } from './kernels/fill.ts';
import { gatherKernel } from './kernels/gather.ts';
import { logicalNotKernel } from './kernels/logicalNot.ts';
import { matMulKernels } from './kernels/matMul.ts';
import { padKernels } from './kernels/pad.ts';
import { poolingKernels } from './kernels/pooling.ts';
import { reduceKernels } from './kernels/reduce.ts';
import { resizeKernels } from './kernels/resize.ts';
import { selectKernel } from './kernels/select.ts';
import { sliceKernels } from './kernels/slice.ts';
import { softmaxKernel } from './kernels/softmax.ts';
import { transposeKernels } from './kernels/transpose.ts';
import { unaryKernels } from './kernels/unary.ts';

/** Every kernel that the native backend computes in C++. */
export function nativeKernels(): NativeKernel[] {
  return [
    ...aliasKernels(),
    ...unaryKernels(),
    ...binaryKernels(),
    logicalNotKernel(),
    castKernel(),
    selectKernel(),
    addNKernel(),
    ...fillKernels(),
    ...reduceKernels(),
    ...argReduceKernels(),
    softmaxKernel(),
    ...concatKernels(),
    ...sliceKernels(),
    ...padKernels(),
    ...transposeKernels(),
    gatherKernel(),
    ...resizeKernels(),
    ...convolutionKernels(),
    ...poolingKernels(),
    batchNormKernel(),
    ...matMulKernels(),
  ];
}
