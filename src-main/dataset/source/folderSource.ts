import { open, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Finding } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { counted } from '#common/format.ts';
import type { DatasetSource, SourceFile, SourceListing } from './datasetSource.ts';
import { MAX_FILE_BYTES } from '../decoding/limits.ts';
import { naturalOrder } from '../pairing/naturalOrder.ts';
import { isServiceName } from '../pairing/serviceNames.ts';

/** Opens a folder as a source. Links inside the folder are followed once; links that lead out of it are refused. */
export async function openFolder(path: string): Promise<DatasetSource> {
  const root = resolve(path);
  const realRoot = await realpath(root);
  return {
    root,
    kind: 'folder',
    list: () => listFolder(realRoot, root),
    read: (file, maxBytes = MAX_FILE_BYTES) => readInside(realRoot, file, { maxBytes }),
    readStart: (file, bytes) => readInside(realRoot, file, { start: bytes }),
    close: () => Promise.resolve(),
  };
}

function isInside(realRoot: string, realFile: string): boolean {
  const prefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  return realFile === realRoot || realFile.startsWith(prefix);
}

/** Whether a path leads out of its folder where the backslash parts folders, as on Windows; elsewhere it may be part of a name. */
function leadsAway(path: string): boolean {
  return path.startsWith('\\') || path.split(/[\\/]/).includes('..');
}

async function listFolder(realRoot: string, shownRoot: string): Promise<SourceListing> {
  const files: SourceFile[] = [];
  const refused: Finding[] = [];
  const visited = new Set<string>();

  const visitFolder = async (folder: string, realFolder: string): Promise<void> => {
    if (visited.has(realFolder)) return;
    visited.add(realFolder);
    const entries = await readdir(realFolder, { withFileTypes: true }).catch(
      (cause: NodeJS.ErrnoException) => {
        if (folder === '') {
          const facts = { path: shownRoot, reason: cause.code ?? cause.message };
          throw new CcnetError('folder-unlistable', facts, { cause });
        }
        refused.push(unlistable(folder, cause));
        return [];
      },
    );
    // Real folders come first, so that a link never takes the place of what it points at.
    entries.sort(
      (a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || naturalOrder(a.name, b.name),
    );
    const away = entries.flatMap(({ name }) => /^\.(.+)\.icloud$/i.exec(name)?.[1] ?? []);
    if (away.length > 0) refused.push(notDownloaded(folder, away));
    for (const entry of entries) {
      if (isServiceName(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (leadsAway(path)) {
        refused.push(refusedName(path));
        continue;
      }
      const location = join(realFolder, entry.name);
      if (entry.isDirectory()) await visitFolder(path, location);
      else if (entry.isFile()) await visitFile(path, location);
      else if (entry.isSymbolicLink()) await visitLink(path, location);
    }
  };

  const visitFile = async (path: string, location: string): Promise<void> => {
    try {
      files.push({ path, bytes: (await stat(location)).size });
    } catch (cause) {
      refused.push(unreachable(path, cause as NodeJS.ErrnoException));
    }
  };

  const visitLink = async (path: string, location: string): Promise<void> => {
    const target = await realpath(location).catch(() => null);
    if (target === null || !isInside(realRoot, target)) {
      refused.push(refusedLink(path, target));
      return;
    }
    const found = await stat(target);
    if (found.isDirectory()) await visitFolder(path, target);
    else if (found.isFile()) files.push({ path, bytes: found.size });
  };

  await visitFolder('', realRoot);
  files.sort((a, b) => naturalOrder(a.path, b.path));
  return { files, refused };
}

async function readInside(
  realRoot: string,
  path: string,
  part: { readonly maxBytes: number } | { readonly start: number },
): Promise<Buffer> {
  if (isAbsolute(path) || leadsAway(path)) throw leavesFolder(path);
  const target = await realpath(join(realRoot, path)).catch((cause: NodeJS.ErrnoException) => {
    const facts = { file: path, reason: cause.code ?? cause.message };
    throw new CcnetError('file-unreadable', facts, { cause });
  });
  if (!isInside(realRoot, target)) throw leavesFolder(path);
  try {
    const file = await open(target, 'r');
    try {
      const { size } = await file.stat();
      if ('start' in part) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(size, part.start)), {
          position: 0,
        });
        return buffer.subarray(0, bytesRead);
      }
      if (size > part.maxBytes) throw tooLargeFile(path, size, part.maxBytes);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof CcnetError) throw cause;
    const reason =
      cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
    throw new CcnetError('file-unreadable', { file: path, reason }, { cause });
  }
}

/** A file of more bytes than are ever read into memory at once. */
export function tooLargeFile(path: string, bytes: number, maxBytes: number): CcnetError {
  return new CcnetError('file-too-large', { file: path, bytes, most: maxBytes });
}

function leavesFolder(path: string): CcnetError {
  return new CcnetError('file-outside', { file: path });
}

function refusedLink(path: string, target: string | null): Finding {
  return {
    severity: 'warning',
    code: target === null ? 'broken-link' : 'link-outside',
    file: path,
    problem:
      target === null ? 'This link leads nowhere.' : 'This link leads out of the folder and is not followed.',
    remedy: 'Copy what it should point at into the folder.',
  };
}

function refusedName(path: string): Finding {
  return {
    severity: 'warning',
    code: 'name-leads-away',
    file: path,
    problem: 'On Windows this name would lead out of the folder, so it is not read.',
    remedy: 'Rename it, without a backslash at its beginning and without "..".',
  };
}

/** What a name holds that is not written in UTF-8: nothing can be opened by it. */
const NO_UTF8 = '\ufffd';
const RENAME = 'Give it a name that is written in UTF-8, as every file manager does.';

function unlistable(folder: string, cause: NodeJS.ErrnoException): Finding {
  const isNamedOddly = folder.includes(NO_UTF8);
  return {
    severity: 'warning',
    code: 'unreadable-folder',
    file: folder,
    problem: isNamedOddly
      ? 'The name of this folder is not written in UTF-8, so that it cannot be opened.'
      : `This folder cannot be listed (${cause.code ?? cause.message}).`,
    remedy: isNamedOddly ? RENAME : 'Check that you may read it.',
  };
}

function unreachable(file: string, cause: NodeJS.ErrnoException): Finding {
  const isNamedOddly = file.includes(NO_UTF8);
  return {
    severity: 'error',
    code: 'unreadable',
    file,
    problem: isNamedOddly
      ? 'The name of this file is not written in UTF-8, so that it cannot be opened.'
      : `This file cannot be reached (${cause.code ?? cause.message}).`,
    remedy: isNamedOddly ? RENAME : 'Check that it is still there and that you may read it.',
  };
}

/** iCloud keeps ".x.png.icloud" in place of a file that lies on Apple's servers only. */
function notDownloaded(folder: string, names: readonly string[]): Finding {
  const [first = '', ...others] = names;
  const all = others.length > 0 ? `${first} and ${counted(others.length, 'other file')}` : first;
  return {
    severity: 'error',
    code: 'not-downloaded',
    file: folder === '' ? '.' : folder,
    problem: `iCloud has not downloaded ${all}.`,
    remedy: 'In Finder choose Download Now for this folder.',
  };
}
