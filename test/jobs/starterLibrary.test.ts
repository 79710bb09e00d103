import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLibraryFile } from '../../src-main/calibration/readLibraryFile.ts';
import { shippedLibrary } from '../../src-main/calibration/shippedLibrary.ts';
import { newProject } from '../../src-main/jobs/calibration/newProject.ts';
import {
  addStarterLibrary,
  removeStarterLibrary,
  starterLibraryOf,
} from '../../src-main/jobs/calibration/starterLibrary.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleRun } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const shipped = readLibraryFile(shippedLibrary('starter'));
let project: Project;

beforeEach(() => {
  project = newProject(join(temporaryFolder(), 'lab.ccnet'), { starterLibrary: true });
});
afterEach(() => {
  project.close();
});

describe('the starter library', () => {
  it('is in a new project, with the complexity of its datasets', () => {
    expect(project.runs.all()).toHaveLength(shipped.runs.length);
    expect(project.runs.list().every(({ origin }) => origin === 'starter')).toBe(true);
    expect(project.calibratedDatasets.list()).toHaveLength(shipped.datasets.length);
    expect(starterLibraryOf(project)).toMatchObject({
      runs: shipped.runs.length,
      held: shipped.runs.length,
      outdated: 0,
    });
  });

  it('is left out where that is asked for', () => {
    const empty = newProject(join(temporaryFolder(), 'lab.ccnet'), { starterLibrary: false });
    expect(empty.runs.all()).toEqual([]);
    expect(starterLibraryOf(empty)).toMatchObject({ held: 0, runs: shipped.runs.length });
    empty.close();
  });

  it('goes and comes back in one step each, and takes nothing else with it', () => {
    const own = exampleRun({ seed: 77 });
    const imported = exampleRun({ seed: 78, datasetFingerprint: 'a'.repeat(64) });
    project.runs.add(own);
    project.runs.import([imported]);
    const before = project.runs.list().length;
    expect(removeStarterLibrary(project)).toMatchObject({ removed: shipped.runs.length, kept: 0 });
    expect(project.runs.all()).toEqual([own, imported]);
    expect(project.calibratedDatasets.list()).toEqual([]);
    expect(addStarterLibrary(project)).toMatchObject({ added: shipped.runs.length, removed: 0 });
    expect(project.runs.list()).toHaveLength(before);
    expect(project.calibratedDatasets.list()).toHaveLength(shipped.datasets.length);
  });

  it('leaves the runs that the user left out of predictions, with the reason', () => {
    const [first] = project.runs.list();
    project.runs.exclude(first?.id ?? 0, 'another stain');
    expect(removeStarterLibrary(project)).toMatchObject({ removed: shipped.runs.length - 1, kept: 1 });
    expect(project.runs.all().map(({ excluded }) => excluded)).toEqual(['another stain']);
    expect(addStarterLibrary(project)).toMatchObject({ added: shipped.runs.length - 1, skipped: 1 });
    expect(project.runs.byId(first?.id ?? 0)?.run.excluded).toBe('another stain');
  });

  it('that an older version imported as a file goes too', () => {
    const path = join(temporaryFolder(), 'old.ccnet');
    const old = Project.create(path);
    old.runs.import(shipped.runs);
    old.calibratedDatasets.import(shipped.datasets);
    expect(removeStarterLibrary(old)).toMatchObject({ removed: shipped.runs.length });
    expect(old.runs.all()).toEqual([]);
    old.close();
  });

  it('is brought up to date: what this version has no longer is taken out, what an own training measured stays', () => {
    const gone = exampleRun({ seed: 5, datasetFingerprint: 'b'.repeat(64) });
    project.runs.import([gone], 'starter');
    const own = exampleRun({ seed: 6 });
    project.runs.add(own);
    expect(starterLibraryOf(project).outdated).toBe(1);
    expect(addStarterLibrary(project)).toEqual({
      added: 0,
      skipped: shipped.runs.length,
      removed: 1,
      kept: 0,
    });
    expect(project.runs.all()).toContainEqual(own);
    expect(project.runs.all()).not.toContainEqual(gone);
  });
});
