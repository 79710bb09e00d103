import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopSignal } from '../../src-main/cli/stopSignal.ts';

/** A process whose outputs are a terminal or not. */
function processOf(isTTY: boolean) {
  const exits: number[] = [];
  const stream = { isTTY } as unknown as NodeJS.WriteStream & NodeJS.ReadStream;
  const fake = Object.assign(new EventEmitter(), {
    ...{ stdin: stream, stdout: stream, stderr: stream },
    exit: (code: number) => exits.push(code),
  });
  return { fake: fake as unknown as NodeJS.Process, exits };
}

describe('a command is asked to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s, and keeps what it finished', (name) => {
    const { fake } = processOf(true);
    const signal = stopSignal(fake);
    fake.emit(name, name);
    expect(signal.aborted).toBe(true);
  });

  it('by a second Ctrl-C, and then ends at once', () => {
    const { fake, exits } = processOf(true);
    stopSignal(fake);
    fake.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([]);
    fake.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([130]);
  });

  it('not by the end of a terminal that it has nothing to do with, as under nohup', () => {
    const { fake } = processOf(false);
    const signal = stopSignal(fake);
    expect(fake.listenerCount('SIGHUP')).toBe(0);
    expect(signal.aborted).toBe(false);
  });
});
