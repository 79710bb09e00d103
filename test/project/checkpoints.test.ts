import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { Project } from '../../src-main/project/project.ts';
import type { NewTraining } from '../../src-main/project/records/trainings.ts';
import { exampleCheckpoint, exampleDataset, exampleNetwork } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { failing } from '../failing.ts';

function newTraining(): { project: Project; training: number; plan: NewTraining } {
  const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
  onTestFinished(() => project.close());
  const plan: NewTraining = {
    datasetId: project.datasets.add(exampleDataset, [], []).id,
    purpose: 'calibration',
    network: exampleNetwork,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    fold: null,
  };
  return { project, training: project.trainings.add(plan).id, plan };
}

describe('a checkpoint', () => {
  it('comes back exactly, each one replacing the last', () => {
    const { project, training } = newTraining();
    expect(project.checkpoints.load(training)).toBeNull();
    for (let epoch = 1; epoch <= 7; epoch++) {
      project.checkpoints.save(training, exampleCheckpoint(epoch));
      expect(project.checkpoints.load(training)).toEqual(exampleCheckpoint(epoch));
    }
  });

  it('comes back exactly when training starts over with other numbers', () => {
    const { project, training } = newTraining();
    project.checkpoints.save(training, exampleCheckpoint(5));
    const again = { ...exampleCheckpoint(5), bestWeights: exampleCheckpoint(1).weights };
    project.checkpoints.save(training, again);
    expect(project.checkpoints.load(training)).toEqual(again);
    project.checkpoints.save(training, exampleCheckpoint(1));
    expect(project.checkpoints.load(training)).toEqual(exampleCheckpoint(1));
  });

  it('of one training is no other training’s', () => {
    const { project, training, plan } = newTraining();
    const other = project.trainings.add({ ...plan, seed: 2 }).id;
    project.checkpoints.save(training, exampleCheckpoint(2));
    project.checkpoints.save(other, exampleCheckpoint(4));
    project.checkpoints.remove(other);
    expect(project.checkpoints.load(training)).toEqual(exampleCheckpoint(2));
  });

  it('is gone when the training has finished, with its space; the history stays', () => {
    const { project, training } = newTraining();
    const empty = statSync(project.path).size;
    project.checkpoints.save(training, exampleCheckpoint(4, 300_000));
    expect(statSync(project.path).size).toBeGreaterThan(empty + 4_000_000);
    project.trainings.finish(training);
    expect(project.checkpoints.load(training)).toBeNull();
    expect(project.checkpoints.history(training)).toEqual(exampleCheckpoint(4).history);
    expect(statSync(project.path).size).toBeLessThan(empty + 100_000);
  });

  it.each([
    [
      'flipped bits',
      'UPDATE checkpoint_tensors SET data = zeroblob(length(data)) WHERE id = 1',
      /"conv\/kernel" have changed/,
    ],
    [
      'a length that does not fit',
      'UPDATE checkpoint_tensors SET data = zeroblob(7) WHERE id = 1',
      /have 7 bytes, but shape/,
    ],
    [
      'a shape that would need petabytes',
      "UPDATE checkpoint_tensors SET shape = '[99999999,99999999]'",
      /but shape/,
    ],
    ['a shape that is none', "UPDATE checkpoint_tensors SET shape = '[-1]'", /shape/],
    [
      'a huge blob',
      'UPDATE checkpoint_tensors SET data = zeroblob(50000000) WHERE id = 1',
      /have 50000000 bytes/,
    ],
  ])('with %s is said to be damaged', (_what, sql, message) => {
    const { project, training } = newTraining();
    project.checkpoints.save(training, exampleCheckpoint(1));
    const raw = new Database(project.path);
    raw.exec(sql);
    raw.close();
    expect(() => project.checkpoints.load(training)).toThrow(failing('project-damaged'));
    expect(() => project.checkpoints.load(training)).toThrow(message);
  });
});

describe('a training', () => {
  it('goes from queued to running to its end', () => {
    const { project, training } = newTraining();
    expect(project.trainings.byId(training)).toMatchObject({ state: 'queued', device: null });
    project.trainings.start(training, 'native');
    expect(project.trainings.byId(training)).toMatchObject({ state: 'running', device: 'native' });
    const error = { code: 'out-of-memory', facts: {} } as const;
    project.trainings.fail(training, error);
    expect(project.trainings.byId(training)).toMatchObject({ state: 'failed', error });
    project.trainings.start(training, 'native');
    expect(project.trainings.byId(training)).toMatchObject({
      state: 'running',
      error: null,
      finishedAt: null,
    });
    project.trainings.finish(training);
    expect(project.trainings.list().map(({ state }) => state)).toEqual(['finished']);
  });

  it('is found again, with its checkpoint, when the same network is asked for before it has finished', () => {
    const { project, training, plan } = newTraining();
    project.checkpoints.save(training, exampleCheckpoint(2));
    project.trainings.cancel(training);
    expect(project.trainings.unfinished(plan)?.id).toBe(training);
    expect(project.trainings.unfinished({ ...plan, seed: 9 })).toBeUndefined();
    expect(project.checkpoints.load(training)?.epoch).toBe(2);
    project.trainings.finish(training);
    expect(project.trainings.unfinished(plan)).toBeUndefined();
  });

  it('that was running when its process died is queued again', () => {
    const { project, training } = newTraining();
    project.trainings.start(training, 'native');
    project.close();
    const reopened = Project.open(project.path);
    expect(reopened.trainings.byId(training)?.state).toBe('queued');
    reopened.close();
  });
});
