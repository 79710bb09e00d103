import {
  add,
  cast,
  div,
  equal,
  maximum,
  mul,
  neg,
  notEqual,
  sigmoid,
  slice,
  softplus,
  squeeze,
  sub,
  sum,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { LossOptions } from '../trainingStep.ts';

/** logit1 - logit0 of logits [N, H, W, 2], as [N, H, W]. */
export function logitDifference(logits: Tensor4D): Tensor3D {
  const part = (index: number) => slice(logits, [0, 0, 0, index], [-1, -1, -1, 1]);
  return squeeze(sub(part(1), part(0)), [3]);
}

/**
 * The loss of engine/trainingStep.ts in TensorFlow.js operations.
 * @param logits [N, H, W, 2]
 * @param masks [N, H, W]: 0 background, 1 foreground, 2 does not count
 */
export function segmentationLoss(logits: Tensor4D, masks: Tensor3D, options: LossOptions): Scalar {
  const difference = logitDifference(logits);
  const marks = cast(masks, 'float32');
  const truth = cast(equal(marks, 1), 'float32');
  const counted = cast(notEqual(marks, 2), 'float32');
  const weights = add(mul(truth, options.foregroundWeight - 1), counted);
  // softplus(-d) where y = 1 and softplus(d) where y = 0.
  const signed = mul(difference, sub(1, mul(truth, 2)));
  // A batch in which nothing counts teaches nothing: 0 over the least of positive numbers.
  const crossEntropy = div(sum(mul(weights, softplus(signed))), maximum(sum(weights), 1e-30));
  const probabilities = sigmoid(difference);
  const overlap = add(mul(sum(mul(probabilities, truth)), 2), 1);
  const sizes = add(add(sum(mul(probabilities, counted)), sum(truth)), 1);
  const diceLoss: Tensor = add(neg(div(overlap, sizes)), 1);
  return add(crossEntropy, diceLoss);
}
