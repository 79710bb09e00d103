import { PlainError } from '#common/errors.ts';
import { EXIT } from '#common/exitCodes.ts';

/** A training step asked for a kernel that exists only in JavaScript, which would make the step orders of magnitude slower. */
export class SlowKernelError extends PlainError {
  constructor(kernelName: string, types: readonly string[]) {
    super(
      `The training step needs the kernel ${kernelName} for ${types.join(', ') || 'no tensors'}, which the native engine has only ` +
        'in JavaScript.',
      'This network cannot be trained on the device "native". Please report it, naming the kernel and the network.',
      EXIT.internal,
    );
  }
}
