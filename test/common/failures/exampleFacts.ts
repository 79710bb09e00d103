import type { Fact, FactTable } from '#common/failures/fact.ts';
import { ACTIONS, type ActionKind } from '#common/failures/actions.ts';

/** Values that stand for all that a fact can be: enough to go down every branch of the words. Numbers are all `count`. */
function examplesOf({ kind, of, fields, options }: Fact, count: number): readonly unknown[] {
  switch (kind) {
    case 'text':
      return ['some text'];
    case 'number':
      return [count];
    case 'flag':
      return [false, true];
    case 'choice':
      return options ?? [];
    case 'optional':
      return [null, ...(of ? examplesOf(of, count) : [])];
    case 'list':
      return [[], ...(of ? examplesOf(of, count) : []).map((one) => [one, one])];
    case 'record':
      return combinations(fields ?? {}, count);
    case 'remedy':
      return ['Do something.', { kind: 'use-native' }, ['Do something.', { kind: 'use-native' }]];
  }
}

/** Sets of facts in which every choice stands beside every other: with no, one and several of whatever is counted. */
export function exampleFacts(table: FactTable): readonly Readonly<Record<string, unknown>>[] {
  return [0, 1, 2.5].flatMap((count) => combinations(table, count));
}

function combinations(table: FactTable, count: number): Record<string, unknown>[] {
  let sets: Record<string, unknown>[] = [{}];
  for (const [name, fact] of Object.entries(table)) {
    const examples = examplesOf(fact, count);
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
