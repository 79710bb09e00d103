import { CcnetError } from '../errors.ts';
import type { NetworkAnswer } from './chooseNetwork.ts';
import type { Choice } from './prediction.ts';

/**
 * A choice as it is stored and printed.
 * @throws nothing-to-choose-from; latency-not-measured where it is limited
 */
export function storedChoice(answer: NetworkAnswer): Choice {
  switch (answer.kind) {
    case 'empty':
      throw new CcnetError('nothing-to-choose-from', {});
    case 'unmeasured':
      throw new CcnetError('latency-not-measured', {});
    case 'impossible': {
      const { kind, binding, nearest, advice } = answer;
      return { kind, binding: [...binding], nearest, advice };
    }
    case 'chosen': {
      const { alpha, parameters, predicted, low, high } = answer.candidate;
      return { kind: 'chosen', alpha, parameters, predicted, low, high };
    }
  }
}
