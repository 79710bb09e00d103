import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ADDON_FILE,
  type AddonRecord,
  readAddonRecord,
  writeAddonRecord,
} from '../../../src-main/engine/tensorflow/addonRecord.ts';
import { failing } from '../../failing.ts';

let folder: string;
let record: AddonRecord;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccnet-record-'));
  record = {
    platform: process.platform,
    arch: process.arch,
    libraries: [join(folder, 'libtensorflow.so.2')],
    cuda: true,
    allowCpu: false,
    builtAt: '2026-11-23T00:00:00.000Z',
  };
  writeFileSync(join(folder, 'libtensorflow.so.2'), '');
  writeFileSync(join(folder, ADDON_FILE), '');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reason = (): string => {
  try {
    readAddonRecord(folder);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was wrong';
};

describe('readAddonRecord', () => {
  it('gives back what was written while all of it is there', () => {
    writeAddonRecord(folder, record);
    expect(readAddonRecord(folder)).toEqual(record);
  });

  it('says that TensorFlow was never set up', () => {
    expect(reason()).toContain('has not been set up for this user');
    expect(() => readAddonRecord(folder)).toThrow(failing('tensorflow-not-set-up'));
  });

  it('names the library that was moved after the addon was built', () => {
    writeAddonRecord(folder, record);
    rmSync(join(folder, 'libtensorflow.so.2'));
    expect(reason()).toContain(
      `${join(folder, 'libtensorflow.so.2')}, which its addon was built with, is no longer`,
    );
  });

  it('says that the addon is gone', () => {
    writeAddonRecord(folder, record);
    rmSync(join(folder, ADDON_FILE));
    expect(reason()).toContain(`${join(folder, ADDON_FILE)} is missing`);
  });

  it('does not load an addon of another kind of machine from a shared home folder', () => {
    writeAddonRecord(folder, { ...record, arch: 'riscv64' });
    expect(reason()).toContain(`built for ${process.platform} riscv64`);
  });

  it.each(['', '{', '{"libraries":[]}'])('does not trust a record that says %j', (text) => {
    writeFileSync(join(folder, 'tensorflow.json'), text);
    expect(reason()).toContain('cannot be read as the record');
  });
});
