import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#common/canonicalJson.ts';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { createProjectDatabase } from '../../src-main/project/file/createProjectDatabase.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleComplexity, exampleRun } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const measured = (fingerprint: string, segmentability: number, recipe = 'now'): CalibratedDataset => ({
  fingerprint,
  name: fingerprint,
  related: null,
  complexity: { recipe, mean: exampleComplexity(0.25), segmentability, trainingImages: 85 },
});

describe('what is known of calibrated datasets', () => {
  it('is found by the recipe that measured them', () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    project.calibratedDatasets.import([
      measured('a', 0.5),
      { ...measured('b', 0.6, 'before'), related: 'larynx' },
    ]);
    expect([...project.calibratedDatasets.measuredBy('now').values()]).toEqual([measured('a', 0.5)]);
    expect(project.calibratedDatasets.list().map(({ related }) => related)).toEqual([null, 'larynx']);
    project.close();
  });

  it('is what was measured here rather than what a library says, and stays related to what the library says', () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    const { calibratedDatasets } = project;
    calibratedDatasets.import([{ ...measured('a', 0.5), related: 'larynx' }]);
    calibratedDatasets.put(measured('a', 0.7));
    calibratedDatasets.import([measured('a', 0.1)]);
    expect(calibratedDatasets.list()).toEqual([{ ...measured('a', 0.7), related: 'larynx' }]);
    project.close();
  });
});

describe('a project of version 0.1.0', () => {
  it('keeps its runs, whose complexity goes to their dataset and whose recipes say how masks were made', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    createProjectDatabase(path, MIGRATIONS.slice(0, 3));
    const raw = new Database(path);
    const recipe: Partial<typeof DEFAULT_RECIPE> = { ...DEFAULT_RECIPE };
    delete recipe.maskResize;
    delete recipe.imageResize;
    delete recipe.learningRateScaling;
    const run = exampleRun();
    const insert = raw.prepare(
      `INSERT INTO calibration_runs (id, dataset_fingerprint, dataset_name, complexity_recipe, complexity, training_images, network,
         parameters, recipe, seed, engine, test_dice, test_iou, test_images, validation_dice, learnt, training_seconds,
         finished_at, origin)
       VALUES (@id, @fingerprint, 'GlaS', @complexityRecipe, @complexity, 85, @network, 122586, @recipe, @seed, 'native 0.1.0',
         0.81, 0.7, 80, 0.8, 1, 12.5, @finishedAt, 'own')`,
    );
    const row = {
      fingerprint: run.datasetFingerprint,
      complexity: canonicalJson(exampleComplexity(0.25)),
      network: canonicalJson(run.network),
      recipe: canonicalJson(recipe),
      finishedAt: run.finishedAt,
    };
    insert.run({ ...row, id: 4, seed: 1, complexityRecipe: 'ccnet-0' });
    insert.run({ ...row, id: 5, seed: 1, complexityRecipe: 'ccnet-1' });
    insert.run({ ...row, id: 6, seed: 2, complexityRecipe: 'ccnet-1' });
    raw
      .prepare(
        `INSERT INTO trained_networks (id, run_id, network, parameters, recipe, seed, engine, preprocessing, test, created_at)
         VALUES (1, 5, '{}', 1, '{}', 1, 'native', '{}', '{}', '2026-01-01T00:00:00.000Z')`,
      )
      .run();
    raw.close();

    const project = Project.open(path);
    const stored = project.runs.list();
    expect(stored.map(({ id, run: { seed } }) => [id, seed])).toEqual([
      [4, 1],
      [6, 2],
    ]);
    expect(stored[0]?.run.recipe).toEqual({ ...recipe, maskResize: 'nearest' });
    // An equal run from a library is recognised.
    expect(project.runs.add({ ...(stored[0]?.run ?? run) }, 'imported')).toBeNull();
    expect(project.calibratedDatasets.list().map(({ complexity }) => complexity)).toEqual(
      ['ccnet-0', 'ccnet-1'].map((recipeOfThen) => ({
        recipe: recipeOfThen,
        mean: exampleComplexity(0.25),
        segmentability: null,
        trainingImages: 85,
      })),
    );
    project.close();
    const after = new Database(path, { readonly: true });
    expect(after.prepare('SELECT run_id FROM trained_networks').pluck().get()).toBe(4);
    after.close();
  });
});
