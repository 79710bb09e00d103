import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { createProjectDatabase } from '../../src-main/project/file/createProjectDatabase.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';
import { failing } from '../failing.ts';
import { Project } from '../../src-main/project/project.ts';
import { EXAMPLE_REQUESTS } from '../contract/exampleRequests.ts';
import { exampleDataset, exampleImage } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

function opened(path: string): Project {
  const project = Project.open(path);
  onTestFinished(() => project.close());
  return project;
}

/** A project of version 2 with two datasets, whose jobs name them as that version did. */
function projectOfNames(requests: readonly object[]): string {
  const path = join(temporaryFolder(), 'lab.ccnet');
  createProjectDatabase(path, MIGRATIONS.slice(0, 2));
  const raw = new Database(path);
  const dataset = raw.prepare(
    `INSERT INTO datasets (id, name, root, kind, convention, fingerprint, channels, split_mode, added_at)
     VALUES (?, ?, '/data', 'folder', 'folders', ?, 1, 'hashed', '2026-10-01T08:00:00.000Z')`,
  );
  dataset.run(2, 'GlaS', 'a');
  dataset.run(5, 'HeLa', 'b');
  raw.exec(`INSERT INTO trainings (id, dataset_id, purpose, state, network, recipe, seed, created_at)
    VALUES (1, 5, 'calibration', 'finished', '{}', '{}', 1, '2026-10-01T08:00:00.000Z')`);
  const job = raw.prepare(
    `INSERT INTO job_records (kind, title, state, log, request, created_at)
     VALUES (?, 'A job', 'interrupted', '', ?, '2026-10-01T08:00:00.000Z')`,
  );
  for (const request of requests)
    job.run('kind' in request ? request.kind : 'report', JSON.stringify(request));
  raw.close();
  return path;
}

function requestsAfter(stored: readonly object[]): (JobRequest | null)[] {
  const { jobs } = opened(projectOfNames(stored));
  return jobs
    .latest(10)
    .map(({ request }) => request)
    .reverse();
}

describe('jobs that an older version stored with the names of their datasets', () => {
  const { calibrate, report, predict } = EXAMPLE_REQUESTS;

  it('know them by id, in their order, upper and lower case alike', () => {
    expect(
      requestsAfter([
        { ...report, dataset: 'HeLa' },
        { ...predict, dataset: 'glas' },
        { ...calibrate, datasets: ['HeLa', 'GlaS'] },
      ]),
    ).toEqual([
      { ...report, dataset: 5 },
      { ...predict, dataset: 2 },
      { ...calibrate, datasets: [5, 2] },
    ]);
  });

  it('have, for one that is gone, an id that no other dataset gets', () => {
    const path = projectOfNames([
      { ...report, dataset: 'Wings' },
      { ...calibrate, datasets: ['GlaS', 'Wings'] },
    ]);
    const project = opened(path);
    const added = project.datasets.add({ ...exampleDataset, name: 'Wings' }, [], []);
    const [second, first] = project.jobs.latest(10).map(({ request }) => request);
    expect(first).toMatchObject({ dataset: 6 });
    expect(second).toMatchObject({ datasets: [2, 6] });
    expect(added.id).toBe(7);
    expect(() => project.datasets.required(6)).toThrow(failing('dataset-gone', { dataset: 6 }));
  });

  it('are left as they are when they name none, or cannot be read', () => {
    const { examples } = EXAMPLE_REQUESTS;
    expect(requestsAfter([examples, { kind: 'export', network: 'GlaS' }, ['no request']])).toEqual([
      examples,
      null,
      null,
    ]);
    const path = projectOfNames([]);
    const raw = new Database(path);
    raw.exec(`INSERT INTO job_records (kind, title, state, log, request, created_at)
      VALUES ('report', 'A job', 'queued', '', '{"dataset": "GlaS', '2026-10-01T08:00:00.000Z')`);
    raw.close();
    expect(opened(path).jobs.latest(1)).toMatchObject([{ state: 'interrupted', request: null }]);
  });

  it('take the starter library where they took the file "starter"', () => {
    const stored = { kind: 'import-library', file: 'starter' };
    expect(requestsAfter([stored, { ...stored, file: '/lab/starter' }])).toEqual([
      { ...stored, file: null },
      { ...stored, file: '/lab/starter' },
    ]);
  });

  it('keep their datasets with all that hangs on them', () => {
    const project = opened(projectOfNames([]));
    expect(project.datasets.list().map(({ id, name }) => [id, name])).toEqual([
      [2, 'GlaS'],
      [5, 'HeLa'],
    ]);
    project.images.add(5, [exampleImage(1)]);
    project.datasets.remove(5);
    expect(project.images.ofDataset(5)).toEqual([]);
  });
});

describe('the id of a dataset', () => {
  it('is never given to another one', () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    onTestFinished(() => project.close());
    const add = (name: string): number => project.datasets.add({ ...exampleDataset, name }, [], []).id;
    expect([add('one'), add('two')]).toEqual([1, 2]);
    project.datasets.remove(2);
    expect(add('three')).toBe(3);
  });
});
