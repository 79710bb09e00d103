import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADDON_FILE } from '../../src-main/engine/tensorflow/addonRecord.ts';
import { tryAddon } from '../../src-main/engine/tensorflow/tryAddon.ts';
import type { CcnetError } from '#common/errors.ts';
import { setupTensorflow } from '../../src-main/jobs/devices/setupTensorflow.ts';
import { missingPackage } from '../engine/tensorflow/missingTensorflow.ts';
import { failing } from '../failing.ts';

let root: string;
let home: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ccnet-setup-'));
  home = join(root, 'user', 'tensorflow');
  vi.stubEnv('CCNET_TENSORFLOW_HOME', home);
  mkdirSync(join(root, 'tf/include/tensorflow/c/eager'), { recursive: true });
  for (const file of ['c_api.h', 'eager/c_api.h'])
    writeFileSync(join(root, 'tf/include/tensorflow/c', file), '');
  for (const name of ['libtensorflow.so.2', 'libtensorflow.2.dylib', 'tensorflow.dll', 'tensorflow.lib']) {
    writeFileSync(join(root, 'tf', name), 'no library');
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

const setup = (): Promise<unknown> =>
  setupTensorflow({ source: { folder: join(root, 'tf') }, allowCpu: false, cli: '' }).run(
    new AbortController().signal,
    () => undefined,
  );

const missing = missingPackage();

describe.skipIf(missing)(`setupTensorflow${missing === null ? '' : ` (left out: ${missing})`}`, () => {
  it('names the cause and the log when the library does not fit, and leaves an earlier addon alone', async () => {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, ADDON_FILE), 'earlier');
    const error: unknown = await setup().catch((reason: unknown) => reason);
    const { message } = error as CcnetError;
    expect(message).toContain(join(root, 'tf'));
    const log = join(root, 'user', 'tensorflow-build.log');
    expect(error).toMatchObject({ code: 'libtensorflow-mismatch', facts: { log } });
    expect(readFileSync(log, 'utf8')).toContain('tfjs_backend.cc');
    expect(readFileSync(join(home, ADDON_FILE), 'utf8')).toBe('earlier');
    expect(existsSync(`${home}.new`)).toBe(false);
  });

  it('says that CMake is not there', async () => {
    vi.stubEnv('PATH', root);
    await expect(setup()).rejects.toThrow(failing('no-compiler'));
    expect(existsSync(home)).toBe(false);
  });
});

describe('tryAddon', () => {
  it('says that TensorFlow ended the process, as it does on a processor that lacks instructions', async () => {
    const cli = join(root, 'dies.mjs');
    writeFileSync(cli, "process.kill(process.pid, 'SIGILL');");
    await expect(tryAddon(cli, home)).rejects.toThrow(failing('addon-ended-process'));
  });

  it('passes on why the device cannot be used', async () => {
    const cli = join(root, 'refuses.mjs');
    const facts = { device: 'tensorflow', version: '2.21.0', lacks: 'driver' };
    const failure = { code: 'tensorflow-without-gpu', facts };
    const report = { id: 'tensorflow', name: 'T', usable: false, failure };
    const unmeasured = { selfTest: null, stepMs: null, memoryBytes: null };
    writeFileSync(cli, `console.log(${JSON.stringify(JSON.stringify([{ ...report, ...unmeasured }]))});`);
    await expect(tryAddon(cli, home)).rejects.toMatchObject({
      code: 'addon-refused',
      message: expect.stringContaining('finds no GPU') as string,
      facts: { remedy: expect.arrayContaining([{ kind: 'use-native' }]) as unknown },
    });
  });
});
