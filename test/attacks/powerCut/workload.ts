/**
 * Works in a folder and reports what is done, line by line; goes on when it is told to: `node workload.ts FOLDER STEPS`. What it reported
 * must be there after any power cut. Each line is JSON: a kind of claim and what it claims.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OutputFiles } from '../../../src-main/files/outputFiles.ts';
import { ProtectedFiles } from '../../../src-main/files/protectedFiles.ts';
import { openProjectDatabase } from '../../../src-main/project/file/openProjectDatabase.ts';
import { MIGRATIONS } from '../../../src-main/project/migrations/migrations.ts';
import { Project } from '../../../src-main/project/project.ts';
import { exampleRun } from '../../project/examples.ts';
import type { Claim } from './claims.ts';

const [folder = '', steps = '0'] = process.argv.slice(2);
const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function report(claim: Claim): Promise<void> {
  process.stdout.write(`${JSON.stringify(claim)}\n`);
  await told.next();
}

const path = join(folder, 'lab.ccnet');
const project = Project.create(path);
await report({ kind: 'project', runs: 0 });
const outputs = new OutputFiles(new ProtectedFiles({ project: path, originals: [], isImage: () => false }));
for (let step = 1; step <= Number(steps); step++) {
  project.runs.add(exampleRun({ seed: step }));
  await report({ kind: 'project', runs: step });
  // A new file in a new folder, and one that is replaced.
  for (const name of [`results/${step}/report.html`, 'library.json']) {
    const content = `${name} ${step} `.repeat(500 * step);
    await outputs.write(join(folder, name), content);
    await report({ kind: 'file', name, sha256: createHash('sha256').update(content).digest('hex') });
  }
}
project.close();
await report({ kind: 'project', runs: Number(steps) });
const next = {
  version: (MIGRATIONS.at(-1)?.version ?? 0) + 1,
  name: 'next',
  sql: 'CREATE TABLE next (text TEXT) STRICT',
};
const { database, lock } = openProjectDatabase(path, {}, [...MIGRATIONS, next]);
database.close();
lock?.release();
await report({
  kind: 'migrated',
  version: next.version,
  backup: `lab.v${MIGRATIONS.at(-1)?.version ?? 0}.backup.ccnet`,
});
process.exit(0);
