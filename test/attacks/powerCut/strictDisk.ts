import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RecordedCall } from './recordedCalls.ts';

interface StoredFile {
  /** Changes that a flush of the file has made durable. */
  readonly durable: Change[];
  /** Changes since. */
  pending: Change[];
}
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number };

/** A change of the names of a folder. */
interface Naming {
  readonly folders: readonly string[];
  readonly apply: (names: Map<string, StoredFile | 'folder'>) => void;
  durable: boolean;
}

/** How many of the changes that nobody asked to be flushed a power cut leaves on the disk. */
export type Survival = 'none' | 'all' | (() => number);

/** What a disk ignores that it is asked for, to see that the attack notices. */
export type Ignored = 'folders' | 'files' | null;

/**
 * A disk that promises no more than POSIX: what a file holds is there after a flush of the file, its name after a flush of its folder, and of
 * everything else any part may be there, in the order in which names were changed.
 */
export class StrictDisk {
  readonly #names = new Map<string, StoredFile | 'folder'>([['', 'folder']]);
  readonly #namings: Naming[] = [];
  readonly #opened = new Map<number, { path: string; is: StoredFile | 'folder' }>();
  readonly #ignored: Ignored;

  constructor(ignored: Ignored = null) {
    this.#ignored = ignored;
  }

  do(call: RecordedCall): void {
    switch (call.call) {
      case 'open':
        if (call.made) this.#name([call.path], nameIt(call.path, { durable: [], pending: [] }));
        this.#opened.set(call.on, { path: call.path, is: this.#at(call.path) });
        if (call.emptied) this.#file(call.on).pending.push({ size: 0 });
        break;
      case 'close':
        this.#opened.delete(call.on);
        break;
      case 'write':
        this.#file(call.on).pending.push({ at: call.at, bytes: call.bytes });
        break;
      case 'truncate':
        this.#file(call.on).pending.push({ size: call.size });
        break;
      case 'sync':
        this.#sync(call.on);
        break;
      case 'mkdir':
        this.#name([call.path], nameIt(call.path, 'folder'));
        break;
      case 'unlink':
        this.#name([call.path], (names) => names.delete(call.path));
        break;
      case 'rename': {
        const moved = this.#at(call.path);
        this.#name([call.path, call.to], (names) => {
          names.delete(call.path);
          names.set(call.to, moved);
        });
        break;
      }
      case 'report':
        break;
    }
  }

  /** Writes into a folder what a power cut leaves now. */
  cut(folder: string, survival: Survival): void {
    const names = new Map<string, StoredFile | 'folder'>([['', 'folder']]);
    const pending = this.#namings.filter(({ durable }) => !durable).length;
    let left =
      survival === 'none' ? 0 : survival === 'all' ? pending : Math.floor(survival() * (pending + 1));
    for (const { durable, apply } of this.#namings) {
      if (durable) apply(names);
      else if (left > 0) {
        apply(names);
        left -= 1;
      }
    }
    for (const [path, is] of names) {
      if (is === 'folder') mkdirSync(join(folder, path), { recursive: true });
    }
    for (const [path, is] of names) {
      // Without its folder nobody finds it.
      if (is === 'folder' || names.get(parentOf(path)) !== 'folder') continue;
      const survives = (): boolean => survival === 'all' || (survival !== 'none' && survival() < 0.5);
      writeFileSync(join(folder, path), contentOf([...is.durable, ...is.pending.filter(survives)]));
    }
  }

  #sync(on: number): void {
    const opened = this.#opened.get(on);
    if (!opened) throw new Error('A flush of a file that was not opened.');
    if (opened.is === 'folder') {
      if (this.#ignored === 'folders') return;
      for (const naming of this.#namings) naming.durable ||= naming.folders.includes(opened.path);
    } else if (this.#ignored !== 'files') {
      opened.is.durable.push(...opened.is.pending);
      opened.is.pending = [];
    }
  }

  #name(paths: readonly string[], apply: Naming['apply']): void {
    apply(this.#names);
    this.#namings.push({ folders: paths.map(parentOf), apply, durable: false });
  }

  #at(path: string): StoredFile | 'folder' {
    const found = this.#names.get(path);
    if (!found) throw new Error(`The record opens ${path}, which nothing made.`);
    return found;
  }

  #file(on: number): StoredFile {
    const opened = this.#opened.get(on);
    if (!opened || opened.is === 'folder') throw new Error('A write to what is no file.');
    return opened.is;
  }
}

const parentOf = (path: string): string => (dirname(path) === '.' ? '' : dirname(path));

const nameIt =
  (path: string, is: StoredFile | 'folder'): Naming['apply'] =>
  (names) =>
    names.set(path, is);

function contentOf(changes: readonly Change[]): Buffer {
  let content = Buffer.alloc(0);
  for (const change of changes) {
    const size = 'size' in change ? change.size : Math.max(content.length, change.at + change.bytes.length);
    if (size !== content.length) {
      const resized = Buffer.alloc(size);
      content.copy(resized);
      content = resized;
    }
    if ('bytes' in change) content.set(change.bytes, change.at);
  }
  return content;
}
