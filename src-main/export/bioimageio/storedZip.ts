import { crc32 } from 'node:zlib';

/** A file of an archive. */
export interface ZipEntry {
  /** With forward slashes, ASCII. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** 1 January 1980, the first day that the format knows: equal contents give equal bytes. */
const DATE = 0x21;
const VERSION = 20;

/** Files as a .zip without compression (APPNOTE 6.3, classic form: below 4 GiB); weights hardly compress. */
export function storedZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const path = Buffer.from(name, 'ascii');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(VERSION, 0);
    facts.writeUInt16LE(DATE, 8);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, path, Buffer.from(content));
    const made = Buffer.alloc(2);
    made.writeUInt16LE(VERSION, 0);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), made, facts, rest, path);
    offset += 30 + path.length + content.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}
