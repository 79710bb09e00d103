import { ACTIONS, type ActionKind } from './actions.ts';
import { type Fact, holdsAll, type ValuesOf } from './fact.ts';

/** Something to do that is done otherwise at a window than at the command line, with what is needed to say or do it. */
export type Action = {
  readonly [Kind in ActionKind]: { readonly kind: Kind } & ValuesOf<(typeof ACTIONS)[Kind]>;
}[ActionKind];

/** What to do about a failure: sentences that hold wherever they are read, and actions that each surface words. */
export type Remedy = string | Action | readonly (string | Action)[];

/** A surface's words for every action: a sentence each. */
export type ActionWords = {
  readonly [Kind in ActionKind]: (facts: ValuesOf<(typeof ACTIONS)[Kind]>) => string;
};

/** A remedy in the words of a surface. */
export function remedyWords(remedy: Remedy, words: ActionWords): string {
  const parts: readonly (string | Action)[] =
    typeof remedy === 'string' || 'kind' in remedy ? [remedy] : remedy;
  return parts.map((part) => (typeof part === 'string' ? part : actionSentence(part, words))).join(' ');
}

function actionSentence(action: Action, words: ActionWords): string {
  // Kind and facts belong together by their type; TypeScript cannot follow that through the table.
  const say = words[action.kind] as (facts: Action) => string;
  return say(action);
}

function isAction(value: unknown): value is Action {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  return (
    typeof kind === 'string' && Object.hasOwn(ACTIONS, kind) && holdsAll(ACTIONS[kind as ActionKind], value)
  );
}

const isPart = (value: unknown): value is string | Action => typeof value === 'string' || isAction(value);

/** A remedy as a fact: of a finding, which is told with a failure. */
export const remedy: Fact<Remedy> = {
  kind: 'remedy',
  holds: (value): value is Remedy => isPart(value) || (Array.isArray(value) && value.every(isPart)),
};
