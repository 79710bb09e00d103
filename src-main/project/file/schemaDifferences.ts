import type { SchemaObject } from './describeSchema.ts';

/** What `actual` has more, less or otherwise than `expected`, in words; empty when they are the same. */
export function schemaDifferences(
  actual: readonly SchemaObject[],
  expected: readonly SchemaObject[],
): string[] {
  const key = (object: SchemaObject): string => `${object.type} ${object.name}`;
  const wanted = new Map(expected.map((object) => [key(object), object]));
  const differences: string[] = [];
  for (const object of actual) {
    const same = wanted.get(key(object));
    wanted.delete(key(object));
    if (!same) differences.push(`it has the unknown ${key(object)} on ${object.table}`);
    else if (same.sql !== object.sql || same.table !== object.table) {
      differences.push(`its ${key(object)} is defined differently`);
    }
  }
  for (const missing of wanted.keys()) differences.push(`its ${missing} is missing`);
  return differences;
}
