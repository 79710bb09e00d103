import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Project } from '../../../src-main/project/project.ts';

/** What a program has reported as done. */
export type Claim =
  | { readonly kind: 'project'; readonly runs: number }
  | { readonly kind: 'file'; readonly name: string; readonly sha256: string }
  | { readonly kind: 'migrated'; readonly version: number; readonly backup: string };

/** The claims that still hold: the latest on the project, and the latest on each file. */
export function standing(claims: readonly Claim[]): Claim[] {
  const latest = new Map(claims.map((claim) => [claim.kind === 'file' ? claim.name : 'project', claim]));
  return [...latest.values()];
}

/** What is not in a folder as it was claimed; the file system is what a power cut left. */
export function brokenClaims(folder: string, claims: readonly Claim[]): string[] {
  return standing(claims).flatMap((claim) => {
    try {
      const wrong = check(folder, claim);
      return wrong === null ? [] : [wrong];
    } catch (error) {
      return [`${claim.kind}: ${String(error)}`];
    }
  });
}

function check(folder: string, claim: Claim): string | null {
  if (claim.kind === 'file') {
    const file = join(folder, claim.name);
    if (!existsSync(file)) return `${claim.name} is gone`;
    const found = createHash('sha256').update(readFileSync(file)).digest('hex');
    return found === claim.sha256 ? null : `${claim.name} holds something else`;
  }
  if (claim.kind === 'project') {
    const project = Project.open(join(folder, 'lab.ccnet'));
    const runs = project.runs.all().length;
    project.close();
    return runs >= claim.runs ? null : `the project has ${runs} of ${claim.runs} runs`;
  }
  const version = (path: string): unknown => {
    const raw = new Database(path);
    try {
      if (raw.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error(`${path} is damaged`);
      return raw.pragma('user_version', { simple: true });
    } finally {
      raw.close();
    }
  };
  if (version(join(folder, claim.backup)) !== claim.version - 1) return 'the backup is no backup';
  return version(join(folder, 'lab.ccnet')) === claim.version ? null : 'the migration is undone';
}
