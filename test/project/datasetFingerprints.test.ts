import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProjectDatabase } from '../../src-main/project/file/createProjectDatabase.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleComplexity, exampleDataset } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const newPath = (): string => join(temporaryFolder(), 'lab.ccnet');

function closing(project: Project): Project {
  onTestFinished(() => project.close());
  return project;
}

describe('the fingerprints of the same images', () => {
  it('are known of a dataset that was removed', () => {
    const { datasets } = closing(Project.create(newPath()));
    const first = datasets.add({ ...exampleDataset, contents: 'c', fingerprint: 'dealt-1' }, [], []);
    expect(first.otherFingerprints).toEqual(['c']);
    datasets.remove(first.id);
    const second = datasets.add({ ...exampleDataset, contents: 'c', fingerprint: 'dealt-2' }, [], []);
    expect(second.otherFingerprints.toSorted()).toEqual(['c', 'dealt-1']);
    const other = datasets.add({ ...exampleDataset, name: 'HeLa', fingerprint: 'd' }, [], []);
    expect(other.otherFingerprints).toEqual([]);
  });

  it('are those of libraries, too, whose datasets are related to the images', () => {
    const project = closing(Project.create(newPath()));
    const complexity = {
      recipe: 'now',
      mean: exampleComplexity(0.25),
      segmentability: 0.5,
      trainingImages: 9,
    };
    project.calibratedDatasets.import([
      { fingerprint: 'dealt-there', name: 'GlaS', related: 'c', complexity },
      { fingerprint: 'larynx-1', name: 'larynx', related: 'larynx', complexity },
    ]);
    const { otherFingerprints } = project.datasets.add({ ...exampleDataset, fingerprint: 'c' }, [], []);
    expect(otherFingerprints).toEqual(['dealt-there']);
  });

  it('of an older project are those that its datasets had before edits', () => {
    const path = newPath();
    createProjectDatabase(path, MIGRATIONS.slice(0, 10));
    const raw = new Database(path);
    const insert = raw.prepare(
      `INSERT INTO datasets (name, root, kind, convention, fingerprint, former_fingerprints, channels, split_mode, added_at)
       VALUES (?, '/data', 'folder', 'folders', ?, ?, 1, 'hashed', '2026-10-01T08:00:00.000Z')`,
    );
    insert.run('edited', 'now', '["first","then"]');
    insert.run('plain', 'plain', null);
    insert.run('odd', 'odd', '["first",');
    raw.close();
    const { datasets } = closing(Project.open(path));
    const others = (name: string): string[] => datasets.named(name).otherFingerprints.toSorted();
    expect(others('edited')).toEqual(['first', 'then']);
    expect(others('plain')).toEqual([]);
    expect(others('odd')).toEqual([]);
    const again = datasets.add(
      { ...exampleDataset, name: 'again', contents: 'first', fingerprint: 'x' },
      [],
      [],
    );
    expect(again.otherFingerprints.toSorted()).toEqual(['first', 'now', 'then']);
  });
});
