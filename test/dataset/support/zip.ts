import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Text is written as UTF-8 and flagged so; bytes are written as they are, without a flag. */
  readonly name: string | Buffer;
  readonly data: Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** Unix mode, such as 0o120777 for a symbolic link. */
  readonly mode?: number;
  /** What the header claims instead of the truth. */
  readonly claimedBytes?: number;
  readonly claimedCrc?: number;
}

/** Writes a .zip byte by byte, so that it may also be one that no honest tool would write. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const method = entry.method ?? 8;
    const body = method === 8 ? deflateRawSync(entry.data) : entry.data;
    const said = typeof entry.name === 'string';
    const name = Buffer.from(entry.name);
    const flags = (entry.flags ?? 0) | (said ? 0x800 : 0);
    const crc = entry.claimedCrc ?? crc32(entry.data);
    const bytes = entry.claimedBytes ?? entry.data.length;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    writeCommon(head, 6, flags, method, crc, body.length, bytes);
    head.writeUInt16LE(name.length, 26);
    const directory = Buffer.alloc(46);
    directory.writeUInt32LE(0x02014b50, 0);
    directory.writeUInt16LE(0x0314, 4);
    directory.writeUInt16LE(20, 6);
    writeCommon(directory, 8, flags, method, crc, body.length, bytes);
    directory.writeUInt16LE(name.length, 28);
    directory.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    directory.writeUInt32LE(offset, 42);
    local.push(head, name, body);
    central.push(directory, name);
    offset += head.length + name.length + body.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

function writeCommon(
  target: Buffer,
  at: number,
  flags: number,
  method: number,
  crc: number,
  compressed: number,
  bytes: number,
): void {
  target.writeUInt16LE(flags, at);
  target.writeUInt16LE(method, at + 2);
  target.writeUInt32LE(crc, at + 8);
  target.writeUInt32LE(compressed, at + 12);
  target.writeUInt32LE(bytes, at + 16);
}
