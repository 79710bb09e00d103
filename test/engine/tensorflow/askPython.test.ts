import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askPython } from '../../../src-main/engine/tensorflow/askPython.ts';
import { failing } from '../../failing.ts';

const folder = mkdtempSync(join(tmpdir(), 'ccnet-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers like a Python in some state, whatever it is asked. */
function python(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('askPython', () => {
  it('learns the folder of the package and whether it has CUDA, past what else is printed', () => {
    const script = `echo "a warning"; echo 'CCNET{"folder": "/site/tensorflow", "cuda": true}'`;
    expect(askPython(python('good', script))).toEqual({ folder: '/site/tensorflow', cuda: true });
  });

  it('says that this Python has no TensorFlow, and how to get it', () => {
    const none = python('none', `echo 'CCNET{"folder": null, "cuda": null}'`);
    expect(() => askPython(none)).toThrow(failing('tensorflow-not-in-python'));
    expect(() => askPython(none)).toThrow(`"${none}" has no package tensorflow`);
  });

  it('says that there is no such Python', () => {
    expect(() => askPython(join(folder, 'absent'))).toThrow(failing('python-not-running'));
  });

  it('passes on what a Python that fails says last', () => {
    const old = python('old', `echo 'ImportError: No module named util' >&2; exit 1`);
    expect(() => askPython(old)).toThrow(/does not run: ImportError: No module named util/);
  });

  it('does not take another program for a Python', () => {
    expect(() => askPython(python('other', 'echo hello'))).toThrow(/did not answer as a Python 3 does/);
  });
});
