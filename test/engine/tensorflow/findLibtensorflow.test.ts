import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLibtensorflow } from '../../../src-main/engine/tensorflow/findLibtensorflow.ts';
import { failing } from '../../failing.ts';

const HEADERS = ['include/tensorflow/c/c_api.h', 'include/tensorflow/c/eager/c_api.h'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccnet-libtensorflow-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
}

describe('findLibtensorflow', () => {
  it('finds the libraries of an unpacked archive', () => {
    make('lib/libtensorflow.so.2', 'lib/libtensorflow_framework.so.2', ...HEADERS);
    const libraries = ['libtensorflow.so.2', 'libtensorflow_framework.so.2'].map((name) =>
      join(folder, 'lib', name),
    );
    expect(findLibtensorflow(folder, 'linux')).toEqual({
      include: join(folder, 'include'),
      libraries,
      linked: libraries,
    });
  });

  it('finds them when the folder lib itself is named', () => {
    make('lib/libtensorflow.2.dylib', ...HEADERS);
    expect(findLibtensorflow(join(folder, 'lib'), 'darwin').libraries).toEqual([
      join(folder, 'lib/libtensorflow.2.dylib'),
    ]);
  });

  it("finds the libraries of Python's package, from the package or the folder that holds it", () => {
    make('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2');
    make(...HEADERS.map((header) => `tensorflow/${header}`));
    const main = join(folder, 'tensorflow/libtensorflow_cc.so.2');
    expect(findLibtensorflow(folder, 'linux').libraries[0]).toBe(main);
    expect(findLibtensorflow(join(folder, 'tensorflow'), 'linux').libraries[0]).toBe(main);
  });

  it('links the import library on Windows and needs the DLL when it runs', () => {
    make('lib/tensorflow.dll', 'lib/tensorflow.lib', ...HEADERS);
    expect(findLibtensorflow(folder, 'win32')).toMatchObject({
      libraries: [join(folder, 'lib', 'tensorflow.dll')],
      linked: [join(folder, 'lib', 'tensorflow.lib')],
    });
  });

  it.each([
    ['linux', [], /libtensorflow\.so\.2 or .*, include\/tensorflow\/c\/c_api\.h are missing/],
    ['linux', HEADERS, /libtensorflow\.so\.2 or .* is missing/],
    ['linux', ['lib/libtensorflow.so.2'], /: include\/tensorflow\/c\/c_api\.h is missing/],
    ['win32', ['lib/tensorflow.dll', ...HEADERS], /: tensorflow\.lib is missing/],
  ] as const)('names what is missing on %s with %j', (platform, files, message) => {
    make(...files);
    expect(() => findLibtensorflow(folder, platform)).toThrow(failing('libtensorflow-incomplete'));
    expect(() => findLibtensorflow(folder, platform)).toThrow(message);
  });

  it('says that there is none for an unknown operating system', () => {
    expect(() => findLibtensorflow(folder, 'aix')).toThrow(
      failing('no-tensorflow-for-system', { system: 'aix' }),
    );
  });
});
