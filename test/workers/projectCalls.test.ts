import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { projectCalls } from '../../src-main/workers/project/projectCalls.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleComplexity, exampleDataset, exampleImage } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

/** A project with one dataset of three images, as the window's process has it open. */
function opened() {
  const path = join(temporaryFolder(), 'lab.ccnet');
  const project = Project.create(path);
  const splits = ['train', 'validation', 'test'] as const;
  const images = splits.map((split, i) => exampleImage(i, { split }));
  const finding = {
    severity: 'warning',
    code: 'small',
    problem: 'It is small.',
    remedy: 'Enlarge it.',
  } as const;
  const { id } = project.datasets.add(exampleDataset, images, [
    { ...finding, file: images[1]?.masks[0] ?? '' },
  ]);
  project.close();
  const calls = projectCalls();
  calls.open({ path, mode: 'write' });
  return { calls, path, id };
}

describe('the datasets of the window', () => {
  it('are listed with the counts of their splits and findings', () => {
    const { calls } = opened();
    expect(calls['datasets.list']()).toMatchObject([
      {
        name: 'GlaS',
        images: { train: 1, validation: 1, test: 1 },
        findings: { error: 0, warning: 1, info: 0 },
        measured: false,
      },
    ]);
    calls.close();
  });

  it('show each image with the findings on it or on its mask, and with its complexity once it is measured', () => {
    const { calls, path, id } = opened();
    calls.close();
    const project = Project.open(path);
    project.complexity.put(
      'recipe-1',
      new Map(project.images.ofDataset(id).map((image) => [image.id, exampleComplexity(2)])),
    );
    project.close();
    calls.open({ path, mode: 'write' });
    const images = calls['datasets.images'](id);
    expect(images.map(({ problems }) => problems.length)).toEqual([0, 1, 0]);
    expect(images[0]?.complexity).toEqual(exampleComplexity(2));
    expect(calls['datasets.list']()[0]?.measured).toBe(true);
    calls.close();
  });
});

describe('a removed dataset', () => {
  it('is hidden, leaves its name free, and comes back with all that it had', () => {
    const { calls, id } = opened();
    calls['datasets.remove'](id);
    expect(calls['datasets.list']()).toEqual([]);
    expect(() => calls['datasets.images'](id)).toThrow('is not in this project any more');
    expect(calls['datasets.restore'](id)).toMatchObject({ name: 'GlaS', findings: { warning: 1 } });
    expect(calls['datasets.images'](id)).toHaveLength(3);
    calls.close();
  });

  it('is gone for good when the project has been closed', () => {
    const { calls, path, id } = opened();
    calls['datasets.remove'](id);
    calls.close();
    calls.open({ path, mode: 'write' });
    expect(calls['datasets.list']()).toEqual([]);
    expect(() => calls['datasets.restore'](id)).toThrow('is not in this project any more');
    calls.close();
  });
});

describe('where an image lies', () => {
  it('is told for images of this project only', () => {
    const { calls, id } = opened();
    const image = calls['datasets.images'](id)[0]?.id ?? 0;
    expect(calls['images.source'](image)).toMatchObject({ root: exampleDataset.root, image: 'train_0.bmp' });
    expect(calls['images.source'](image + 1000)).toBeNull();
    calls.close();
  });
});

describe('a job record', () => {
  it('keeps what was asked, so that a job whose process died can be started again', () => {
    const { calls, path, id: dataset } = opened();
    const request = { kind: 'measure-complexity', dataset, workingSide: 256 } as const;
    const { id, title } = calls['jobs.add'](request);
    expect(title).toBe('Measure the complexity of GlaS');
    calls['jobs.start']({ id, pid: 1, device: null });
    calls.close();
    calls.open({ path, mode: 'write' });
    expect(calls['jobs.latest']()).toMatchObject([{ id, state: 'interrupted', request, title }]);
    calls['jobs.requeue']({ id, request: null });
    expect(calls['jobs.latest']()).toMatchObject([
      { state: 'queued', error: null, finishedAt: null, request },
    ]);
    const changed = { ...request, workingSide: 128 };
    calls['jobs.requeue']({ id, request: changed });
    expect(calls['jobs.latest']()).toMatchObject([{ request: changed }]);
    calls.close();
  });

  it('gives back a failure with its facts', () => {
    const { calls, id: dataset } = opened();
    const { id } = calls['jobs.add']({ kind: 'report', dataset, out: '/x' });
    const error = { code: 'program-fault', facts: { reason: 'One line.\nTwo lines.' } } as const;
    calls['jobs.end']({ id, state: 'failed', error, written: [] });
    expect(calls['jobs.latest']()[0]?.error).toEqual(error);
    calls.close();
  });

  it('is not made for a dataset that is not there', () => {
    const { calls, id: dataset } = opened();
    const report = (id: number) => calls['jobs.add']({ kind: 'report', dataset: id, out: '/x' });
    expect(() => report(dataset + 1)).toThrow(`Dataset ${dataset + 1} is not in this project any more`);
    calls['datasets.remove'](dataset);
    expect(() => report(dataset)).toThrow(`Dataset ${dataset} is not in this project any more`);
    expect(calls['jobs.latest']()).toEqual([]);
    calls.close();
  });

  it('may wait for a dataset that was removed, but goes on only when that has come back', () => {
    const { calls, id: dataset } = opened();
    const request = { kind: 'measure-complexity', dataset, workingSide: 256 } as const;
    const { id } = calls['jobs.add'](request);
    calls['datasets.remove'](dataset);
    calls['jobs.requeue']({ id, request: null });
    expect(() => calls['jobs.requeue']({ id, request })).toThrow(
      '"Measure the complexity of GlaS" cannot go on: its dataset is not in this project any more.',
    );
    calls['datasets.restore'](dataset);
    calls['jobs.requeue']({ id, request });
    calls.close();
  });

  it('of which only another version understands what was asked, is shown without it', () => {
    const { calls, path, id: dataset } = opened();
    calls['jobs.add']({ kind: 'report', dataset, out: '/x' });
    calls.close();
    const raw = new Database(path);
    raw.exec(`UPDATE job_records SET request = '{"kind": "report", "of": "everything"}'`);
    raw.close();
    calls.open({ path, mode: 'write' });
    expect(calls['jobs.latest']()).toMatchObject([
      { kind: 'report', title: 'Report on GlaS', request: null },
    ]);
    calls.close();
  });
});

describe('a relocation that is taken back', () => {
  it('finds its dataset also under another name', () => {
    const { calls, id } = opened();
    calls['datasets.rename']({ id, name: 'Glands' });
    expect(calls['datasets.moveBack']({ id, root: '/before/glas.zip' })).toMatchObject({
      id,
      root: '/before/glas.zip',
    });
    calls.close();
  });
});
