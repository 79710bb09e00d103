import { closeSync, openSync, readSync } from 'node:fs';

/** A system and processor as Node names them: "linux-x64", "darwin-arm64". */
export type Target = `${string}-${string}`;

const HEADER_BYTES = 4096;
const MACH_O_64 = 0xfeedfacf;
const MACH_O_FAT = 0xcafebabe;
const FAT_ENTRY_BYTES = 20;

const ELF_MACHINE: Readonly<Record<number, string>> = { 0x3e: 'x64', 0xb7: 'arm64' };
const PE_MACHINE: Readonly<Record<number, string>> = { 0x8664: 'x64', 0xaa64: 'arm64' };
const MACH_CPU: Readonly<Record<number, string>> = { 0x01000007: 'x64', 0x0100000c: 'arm64' };

/** Systems and processors that a compiled file is for, by its header: one, several for a universal binary of macOS, none when it is no such file. */
export function binaryTargets(path: string): Target[] {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  const on = (platform: string, arch: string | undefined): Target[] => (arch ? [`${platform}-${arch}`] : []);
  if (header.toString('latin1', 0, 4) === '\x7fELF') return on('linux', ELF_MACHINE[header.readUInt16LE(18)]);
  if (header.readUInt32LE(0) === MACH_O_64) return on('darwin', MACH_CPU[header.readUInt32LE(4)]);
  if (header.readUInt32BE(0) === MACH_O_FAT) {
    const parts = Math.min(header.readUInt32BE(4), (HEADER_BYTES - 8) / FAT_ENTRY_BYTES);
    return Array.from({ length: Math.floor(parts) }, (_, i) =>
      on('darwin', MACH_CPU[header.readUInt32BE(8 + i * FAT_ENTRY_BYTES)]),
    ).flat();
  }
  if (header.toString('latin1', 0, 2) !== 'MZ') return [];
  const at = header.readUInt32LE(0x3c);
  const isPe = at + 6 <= HEADER_BYTES && header.toString('latin1', at, at + 4) === 'PE\0\0';
  return isPe ? on('win32', PE_MACHINE[header.readUInt16LE(at + 4)]) : [];
}
