import { format } from 'node:util';

export { expect } from './expectStandIn.ts';

type Body = (...args: never[]) => unknown;
type Hook = () => unknown;

interface Suite {
  readonly name: string;
  readonly before: Hook[];
  readonly after: Hook[];
  readonly beforeEach: Hook[];
  readonly afterEach: Hook[];
  readonly entries: (Suite | { readonly name: string; readonly run: Hook })[];
}

const newSuite = (name: string): Suite => ({
  name,
  before: [],
  after: [],
  beforeEach: [],
  afterEach: [],
  entries: [],
});
let current = newSuite('');

export const beforeAll = (hook: Hook): unknown => current.before.push(hook);
export const afterAll = (hook: Hook): unknown => current.after.push(hook);
export const beforeEach = (hook: Hook): unknown => current.beforeEach.push(hook);
export const afterEach = (hook: Hook): unknown => current.afterEach.push(hook);

export const describe = withEach((name, body) => {
  const outer = current;
  current = newSuite(name);
  outer.entries.push(current);
  body();
  current = outer;
});

export const it = withEach((name, run) => {
  current.entries.push({ name, run });
});

/** Adds Vitest's `each`: a call per row, whose array, or single value, are the body's arguments. */
function withEach(register: (name: string, body: Hook) => void) {
  const each =
    (rows: readonly unknown[]) =>
    (name: string, body: Body): void => {
      for (const row of rows) {
        const args: unknown[] = Array.isArray(row) ? row : [row];
        const [first] = args;
        const named = name.replaceAll(/\$(\w+)/g, (whole, key: string) =>
          typeof first === 'object' && first !== null ? String(Reflect.get(first, key)) : whole,
        );
        register(named.includes('%') ? format(named, ...args) : named, () => body(...(args as never[])));
      }
    };
  return Object.assign((name: string, body: Hook) => register(name, body), { each });
}

/** Runs and forgets what has been described so far. */
export async function runTests() {
  const failed: { name: string; error: unknown }[] = [];
  let passed = 0;
  const all = async (hooks: readonly Hook[]) => {
    for (const hook of hooks) await hook();
  };
  const run = async (suite: Suite, path: string, outer: readonly Suite[]): Promise<void> => {
    const suites = [...outer, suite];
    await all(suite.before);
    for (const entry of suite.entries) {
      const name = `${path} ${entry.name}`.trim();
      if ('entries' in entry) {
        await run(entry, name, suites);
        continue;
      }
      try {
        for (const { beforeEach: hooks } of suites) await all(hooks);
        await entry.run();
        passed += 1;
      } catch (error) {
        failed.push({ name, error });
      } finally {
        for (const { afterEach: hooks } of suites) await all(hooks);
      }
    }
    await all(suite.after);
  };
  const described = current;
  current = newSuite('');
  await run(described, '', []);
  return { passed, failed };
}
