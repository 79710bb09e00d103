import type { Fact, FactTable } from '#common/failures/fact.ts';
import { ACTIONS, type ActionKind } from '#common/failures/actions.ts';

/** Values that stand for all that a fact can be: enough to go down every branch of the words. */
function examplesOf({ kind, of, fields, options }: Fact): readonly unknown[] {
  switch (kind) {
    case 'text':
      return ['some text'];
    case 'number':
      return [0, 1, 2.5];
    case 'flag':
      return [false, true];
    case 'choice':
      return options ?? [];
    case 'optional':
      return [null, ...(of ? examplesOf(of) : [])];
    case 'list':
      return [[], ...(of ? examplesOf(of) : []).map((one) => [one, one])];
    case 'record':
      return exampleFacts(fields ?? {});
    case 'remedy':
      return ['Do something.', { kind: 'use-native' }, ['Do something.', { kind: 'use-native' }]];
  }
}

/** Sets of facts in which every example of every fact stands at least once, and every choice beside every other. */
export function exampleFacts(table: FactTable): readonly Readonly<Record<string, unknown>>[] {
  let sets: Record<string, unknown>[] = [{}];
  for (const [name, fact] of Object.entries(table)) {
    const examples = examplesOf(fact);
    sets = sets.flatMap((set) => examples.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}

/** Every action with its example facts. */
export function exampleActions(): readonly { kind: ActionKind; facts: Readonly<Record<string, unknown>> }[] {
  return (Object.keys(ACTIONS) as ActionKind[]).flatMap((kind) =>
    exampleFacts(ACTIONS[kind]).map((facts) => ({ kind, facts })),
  );
}
