import { formatCount } from '../format.ts';
import { formatFactor } from '../network/formatFactor.ts';
import type { Choice } from './prediction.ts';

/** Why nothing was chosen and what to relax, in one paragraph: the same in the report and on the command line. */
export function impossibleWords({
  binding,
  nearest,
  advice,
}: Extract<Choice, { kind: 'impossible' }>): string {
  return (
    `No network meets the limits: ${binding.join('; ')}. Nearest: factor ${formatFactor(nearest.alpha)}, ` +
    `${formatCount(nearest.parameters)} parameters. ${advice}`
  );
}
