import { UsageError } from '../errors.ts';
import type { NetworkAnswer } from './chooseNetwork.ts';
import type { Choice } from './prediction.ts';

/**
 * A choice as it is stored and printed.
 * @throws UsageError where there is nothing to choose from, or where latency is limited and was not measured
 */
export function storedChoice(answer: NetworkAnswer): Choice {
  switch (answer.kind) {
    case 'empty':
      throw new UsageError(
        'There is no network to choose from.',
        'Ask for at least one factor, such as 1/8.',
      );
    case 'unmeasured':
      throw new UsageError(
        'Latency is limited, but it was not measured for every network.',
        'Measure the latency of all candidates on this machine first, or drop the latency limit.',
      );
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
