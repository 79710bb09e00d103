import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { binaryTargets, type Target } from '../../scripts/packaging/binaryTarget.ts';
import { nativeFaults } from '../../scripts/packaging/nativeFaults.ts';

const folder = mkdtempSync(join(tmpdir(), 'ccnet-natives-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function elf(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 'latin1');
  header.writeUInt16LE(machine, 18);
  return header;
}

function machO(cpu: number): Buffer {
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0xfeedfacf, 0);
  header.writeUInt32LE(cpu, 4);
  return header;
}

function universal(...cpus: number[]): Buffer {
  const header = Buffer.alloc(8 + 20 * cpus.length);
  header.writeUInt32BE(0xcafebabe, 0);
  header.writeUInt32BE(cpus.length, 4);
  for (const [i, cpu] of cpus.entries()) header.writeUInt32BE(cpu, 8 + 20 * i);
  return header;
}

function pe(machine: number): Buffer {
  const header = Buffer.alloc(256);
  header.write('MZ', 'latin1');
  header.writeUInt32LE(128, 0x3c);
  header.write('PE\0\0', 128, 'latin1');
  header.writeUInt16LE(machine, 132);
  return header;
}

const BINARY: Readonly<Record<string, Buffer>> = {
  'linux-x64': elf(0x3e),
  'linux-arm64': elf(0xb7),
  'darwin-x64': machO(0x01000007),
  'darwin-arm64': machO(0x0100000c),
  'win32-x64': pe(0x8664),
  'win32-arm64': pe(0xaa64),
};

let packages = 0;
/** The unpacked part of a package with all compiled files for a target. */
function packageFor(target: Target): { unpacked: string; put: (file: string, bytes: Buffer) => void } {
  const unpacked = join(folder, String(packages++));
  const put = (file: string, bytes: Buffer): void => {
    mkdirSync(dirname(join(unpacked, file)), { recursive: true });
    writeFileSync(join(unpacked, file), bytes);
  };
  const binary = BINARY[target] ?? Buffer.alloc(0);
  put('native/build/ccnet.node', binary);
  put(`node_modules/better-sqlite3/prebuilds/${target}.node`, binary);
  put(`node_modules/@img/sharp-${target}/lib/sharp-${target}-0.35.5.node`, binary);
  if (target.startsWith('win32')) put(`node_modules/@img/sharp-${target}/lib/libvips-42.dll`, binary);
  else {
    const library = target.startsWith('darwin') ? 'libvips-cpp.8.18.7.dylib' : 'libvips-cpp.so.8.18.7';
    put(`node_modules/@img/sharp-libvips-${target}/lib/${library}`, binary);
  }
  return { unpacked, put };
}

describe("a compiled file's header", () => {
  it.each([
    ...Object.entries(BINARY).map(([target, bytes]) => [target, bytes, [target]] as const),
    ['both processors of macOS', universal(0x01000007, 0x0100000c), ['darwin-x64', 'darwin-arm64']] as const,
    ['nothing, being a text', Buffer.from('#!/bin/sh\n'), []] as const,
    ['nothing, being empty', Buffer.alloc(0), []] as const,
    ['nothing, cut off after its first letters', Buffer.from('MZ'), []] as const,
  ])('tells that it is for %s', (_what, bytes, targets) => {
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    expect(binaryTargets(path)).toEqual(targets);
  });
});

describe('a package', () => {
  it.each(Object.keys(BINARY) as Target[])('for %s with all its compiled files has no fault', (target) => {
    expect(nativeFaults(packageFor(target).unpacked, target)).toEqual([]);
  });

  it('for macOS may carry one addon for both processors', () => {
    const { unpacked, put } = packageFor('darwin-arm64');
    put('native/build/ccnet.node', universal(0x01000007, 0x0100000c));
    expect(nativeFaults(unpacked, 'darwin-arm64')).toEqual([]);
  });

  it('without our addon is refused, with the command that makes it', () => {
    const { unpacked } = packageFor('win32-x64');
    rmSync(join(unpacked, 'native/build/ccnet.node'));
    expect(nativeFaults(unpacked, 'win32-x64')).toEqual([
      'our addon for win32-x64 is missing (native/build/ccnet.node). Build it on a computer with win32-x64: npm run build:native',
    ]);
  });

  it('with an addon of the computer that packed it is refused', () => {
    const { unpacked, put } = packageFor('win32-x64');
    put('native/build/ccnet.node', elf(0x3e));
    expect(nativeFaults(unpacked, 'win32-x64')).toEqual([
      expect.stringContaining('is for linux-x64, not for win32-x64'),
    ]);
  });

  it('with the libraries of another processor is refused, with the command that installs the right ones', () => {
    const { unpacked } = packageFor('linux-x64');
    const faults = nativeFaults(unpacked, 'linux-arm64');
    expect(faults).toHaveLength(4);
    expect(faults.join('\n')).toContain('npm ci --os=linux --cpu=arm64 --libc=glibc');
  });

  it('without anything unpacked is refused', () => {
    expect(nativeFaults(join(folder, 'none'), 'linux-x64')).toHaveLength(4);
  });
});
