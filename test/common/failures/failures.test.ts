import { describe, expect, it } from 'vitest';
import { CancelledError, CcnetError, errorFrom, failureOf, hasCode, reasonOf } from '#common/errors.ts';
import { exitCodeOf, type Failure, readFailure } from '#common/failures/failures.ts';
import {
  readStoredFailure,
  readStoredRemedy,
  storeFailure,
  storeRemedy,
} from '#common/failures/storedFailure.ts';
import { faultyDevice } from '#common/device/faultyDevice.ts';

const LOST: Failure = {
  code: 'device-failed',
  facts: { device: 'webgpu', reason: 'it was lost.', outOfMemory: false, training: 4 },
};

describe('a failure that is thrown', () => {
  it('has its sentence as its message, its code and its facts', () => {
    const error = new CcnetError('unknown-dataset', { dataset: 'b', project: '/p.ccnet', known: ['a'] });
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('/p.ccnet has no dataset called "b".');
    expect(error.failure).toEqual({
      code: 'unknown-dataset',
      facts: { dataset: 'b', project: '/p.ccnet', known: ['a'] },
    });
    expect(error.exitCode).toBe(2);
  });

  it('does not compile without the facts of its code', () => {
    // @ts-expect-error: a path is a text
    expect(() => new CcnetError('project-exists', { path: 7 })).not.toThrow();
    // @ts-expect-error: no such code
    expect(() => new CcnetError('no-such-code', {})).toThrow();
  });

  it('is known by its code on this side of a process border and on the other', () => {
    for (const error of [new CancelledError('It'), errorFrom(new CancelledError('It').failure)]) {
      expect(hasCode(error, 'disk-full', 'cancelled')).toBe(true);
      expect(hasCode(error, 'disk-full')).toBe(false);
      expect(error.message).toBe('It was cancelled.');
    }
  });
});

describe('errorFrom', () => {
  it('takes nonsense of another process for a fault, without failing itself', () => {
    for (const told of [null, 7, {}, { code: 'project-exists', facts: {} }, { code: '__proto__', facts: {} }])
      expect(errorFrom(told).code).toBe('program-fault');
  });
});

describe('reasonOf', () => {
  it('keeps what a library says short', () => {
    expect(reasonOf(new Error('first\nsecond\nthird'))).toBe('first second');
    expect(reasonOf('text')).toBe('text');
  });
});

describe('failureOf', () => {
  it('takes what is no failure of the product for a fault of the program', () => {
    const failure = failureOf(new TypeError('x is not a function'));
    expect(failure).toEqual({ code: 'program-fault', facts: { reason: 'x is not a function' } });
    expect(failureOf('text')).toEqual({ code: 'program-fault', facts: { reason: 'text' } });
    expect(exitCodeOf(failure)).toBe(1);
  });

  it("takes native code's want of memory for the computer's, not for a file's", () => {
    const error = Object.assign(new Error('std::bad_alloc'), { code: 'OUT_OF_MEMORY' });
    expect(failureOf(error)).toEqual({ code: 'out-of-memory', facts: {} });
  });
});

describe('readFailure', () => {
  it('leaves out what the code does not carry', () => {
    expect(readFailure({ ...LOST, facts: { ...LOST.facts, more: 1 }, other: 2 })).toEqual(LOST);
  });

  it.each([
    null,
    'device-failed',
    { code: 'device-failed' },
    { code: 'no-such-code', facts: {} },
    { code: 'toString', facts: {} },
    { code: 'project-exists', facts: null },
    { code: 'project-exists', facts: { path: 7 } },
    { code: 'unknown-dataset', facts: { dataset: 'a', project: 'b', known: 'c' } },
    { code: 'worker-died', facts: { role: 'king', code: 1, reason: null } },
    { code: 'device-failed', facts: { ...LOST.facts, training: 'the last' } },
    { code: 'device-failed', facts: { ...LOST.facts, device: 'toaster' } },
    { code: 'addon-refused', facts: { reason: '', remedy: { kind: 'format-the-disk' } } },
  ])('knows no failure in %j', (value) => {
    expect(readFailure(value)).toBeNull();
  });
});

describe('a stored failure', () => {
  it('comes back as it was', () => {
    expect(readStoredFailure(storeFailure(LOST))).toEqual(LOST);
  });

  it.each([
    'The program ended before the job did.',
    '{"code":"from-the-future","facts":{}}',
    '{"code":',
    '7',
  ])('is told as it stands when it is of another version: %s', (words) => {
    expect(readStoredFailure(words)).toEqual({ code: 'told-by-older-version', facts: { words } });
  });

  it('keeps the first hundred of its findings', () => {
    const finding = {
      severity: 'error',
      code: 'unreadable',
      file: 'a',
      problem: 'P.',
      remedy: 'R.',
    } as const;
    const findings = Array.from({ length: 5000 }, () => finding);
    const facts = { dataset: 'a', root: '/a', missing: 0, differing: 5000, findings };
    const kept = readStoredFailure(storeFailure({ code: 'dataset-differs', facts }));
    expect(kept).toEqual({
      code: 'dataset-differs',
      facts: { ...facts, findings: findings.slice(0, 100) },
    });
  });
});

describe('a stored remedy', () => {
  it.each(['Do this.', { kind: 'pair-by-hand' } as const, ['Do this.', { kind: 'pair-by-hand' } as const]])(
    'comes back as it was: %j',
    (remedy) => expect(readStoredRemedy(storeRemedy(remedy))).toEqual(remedy),
  );

  it('of an unknown kind is shown as it stands', () => {
    expect(readStoredRemedy('{"kind":"pray"}')).toBe('{"kind":"pray"}');
  });
});

describe('faultyDevice', () => {
  it('is the one that the facts name, and none where they name none', () => {
    expect(faultyDevice(LOST)).toBe('webgpu');
    expect(faultyDevice({ code: 'out-of-memory', facts: {} })).toBeNull();
  });
});
