import type { Invocation } from '../command.ts';
import {
  alphasOption,
  familyOf,
  limitsOption,
  onePositional,
  recipeOption,
  textOption,
  widthOption,
} from '../readOptions.ts';

/** What `predict`, `probe` and `compress` ask, read from the command line. */
export function question({ options, positionals }: Invocation) {
  return {
    name: onePositional(positionals, 'the name of a dataset'),
    family: familyOf(textOption(options, 'network')),
    width: widthOption(options),
    alphas: alphasOption(options),
    limits: limitsOption(options),
    workingSide: recipeOption(options).workingSide,
  };
}
