import type { Finding } from '#common/dataset/dataset.ts';
import { remedyText } from '../window/failureWords.ts';
import type { DataTable } from '../tables/dataTable.ts';

/** Equal findings of several files. */
export interface FindingGroup {
  readonly first: Finding;
  readonly files: readonly string[];
}

/** One group for all files of which the same is to be said, in the order of the first of each. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const same = Map.groupBy(findings, ({ severity, code, problem, remedy }) =>
    JSON.stringify([severity, code, problem, remedy]),
  );
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ first, files: group.map(({ file }) => file) }] : [];
  });
}

/** Every finding with its file. */
export function findingsTable(findings: readonly Finding[]): DataTable {
  return {
    columns: ['severity', 'code', 'file', 'problem', 'remedy'],
    rows: findings.map(({ severity, code, file, problem, remedy }) => [
      severity,
      code,
      file,
      problem,
      remedyText(remedy),
    ]),
  };
}
