import { expect, it } from 'vitest';
import { nodeProblem } from '../../src-main/cli/nodeProblem.ts';

it('an older Node is named with the way out, the one that tests run on is not', () => {
  expect(nodeProblem('20.20.2')).toMatch(
    /^ccnet needs Node 24 or newer, and this is Node 20\.20\.2\.\n.*npx ccnet/,
  );
  expect(nodeProblem(process.versions.node)).toBeNull();
});
