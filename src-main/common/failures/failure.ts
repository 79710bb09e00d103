import type { EXIT } from '../exitCodes.ts';
import type { FactTable, ValuesOf } from './fact.ts';
import type { Remedy } from './remedy.ts';

/** What is known of one kind of failure: how it ends the command line, what it carries, and how it is told. */
export interface FailureKind<Table extends FactTable> {
  /** Exit code by its name; bad data unless said. */
  readonly exit?: keyof typeof EXIT;
  readonly facts: Table;
  /** What is wrong with which file or value: one or two whole sentences, the same at every surface. */
  problem(facts: ValuesOf<Table>): string;
  readonly remedy: Remedy | ((facts: ValuesOf<Table>) => Remedy);
}

/** Declares a kind of failure; `problem` and `remedy` get the facts with their types. */
export function failure<const Table extends FactTable>(kind: FailureKind<Table>): FailureKind<Table> {
  return kind;
}
