import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { partialName } from '../../src-main/files/partialFiles.ts';
import { writeFileSafely } from '../../src-main/files/writeFileSafely.ts';
import { failing } from '../failing.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

it('makes the folders, and leaves nothing but the file', async () => {
  const folder = temporaryFolder();
  await writeFileSafely(join(folder, 'a/b/file.txt'), 'one');
  await writeFileSafely(join(folder, 'a/b/file.txt'), 'two');
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['file.txt']);
  expect(readFileSync(join(folder, 'a/b/file.txt'), 'utf8')).toBe('two');
});

it('takes a name as long as the file system does, of letters of three bytes', async () => {
  const folder = temporaryFolder();
  const name = '細'.repeat(85);
  await writeFileSafely(join(folder, name), 'x');
  expect(readdirSync(folder)).toEqual([name]);
});

it('a file that cannot be put in place leaves what is there, and nothing half-written', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'taken/full'), { recursive: true });
  const file = join(folder, 'taken');
  await expect(writeFileSafely(file, 'x')).rejects.toThrow(failing('target-unwritable', { path: file }));
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('removes what a killed process of this machine left half-written, and nothing of others', async () => {
  const folder = temporaryFolder();
  const dead = await endedProcess();
  const left = (pid: number): string =>
    partialName(join(folder, 'x')).replace(`-${process.pid}-`, `-${pid}-`);
  const elsewhere = left(dead).replace(/partial-[0-9a-f]{8}/, 'partial-00000000');
  for (const file of [
    left(dead),
    `${left(dead)}.tif`,
    left(process.pid),
    elsewhere,
    join(folder, 'x.partial'),
  ])
    writeFileSync(file, '');
  const copies = left(dead);
  mkdirSync(copies);
  writeFileSync(join(copies, 'plain.tif'), '');
  await writeFileSafely(join(folder, 'y'), '');
  const names = readdirSync(folder);
  expect(names.filter((name) => name.includes(`-${dead}-`) && !name.includes('00000000'))).toEqual([]);
  expect(names).toHaveLength(4);
});

/** The id of a process that has just ended. */
function endedProcess(): Promise<number> {
  const child = fork('-', { execArgv: ['-e', ''], stdio: 'ignore' });
  return new Promise((done) => child.on('exit', () => done(child.pid ?? 0)));
}
