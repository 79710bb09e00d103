import { execFileSync } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const module = fileURLToPath(new URL('../../src-main/workers/lowerPriority.ts', import.meta.url));

/** Priority of a process that has lowered its own so many times. */
function priorityAfter(times: number): number {
  const script = `import { getPriority } from 'node:os';
    import { lowerPriority } from ${JSON.stringify(module)};
    for (let i = 0; i < ${times}; i++) lowerPriority(10);
    console.log(getPriority());`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe("a job's process", () => {
  it('steps back behind the window, from whatever priority the program was started with', () => {
    expect(priorityAfter(1)).toBe(Math.min(constants.priority.PRIORITY_LOW, getPriority() + 10));
  });

  it('does not ask for less than the least priority', () => {
    expect(priorityAfter(3)).toBe(constants.priority.PRIORITY_LOW);
  });
});
