import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { canonicalJson, finiteJson } from '#common/canonicalJson.ts';
import { MEASURES, type Measure } from '#common/dataset/complexity.ts';
import { exportLibrary } from '../../src-main/calibration/exportLibrary.ts';
import { importLibrary } from '../../src-main/calibration/importLibrary.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { storeLibrary } from '../../src-main/jobs/calibration/storeLibrary.ts';
import { Project } from '../../src-main/project/project.ts';
import { failing } from '../failing.ts';
import { exampleComplexity, exampleRun } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const { signal } = new AbortController();
const run = exampleRun();
const dataset = {
  fingerprint: run.datasetFingerprint,
  name: run.datasetName,
  related: null,
  complexity: { recipe: 'r', mean: exampleComplexity(3), segmentability: 0.7, trainingImages: 85 },
};
const sound = exportLibrary([run], [dataset]).text;

interface Library {
  runs: Record<string, unknown>[];
  datasets: { complexity: { mean: Record<string, number> } & Record<string, unknown> }[];
}

function changed(change: (library: Library) => void): string {
  const library = JSON.parse(sound) as Library;
  change(library);
  return JSON.stringify(library);
}

describe('a dataset of a library', () => {
  const values: [Measure, number][] = MEASURES.flatMap((measure) => [
    [measure, 1e308],
    [measure, 1e12],
    [measure, -1],
  ]);
  it.each([...values, ['jpeg', 0] as [Measure, number]])(
    'with %s = %d, which no image has, is left out',
    (measure, value) => {
      const { datasets, runs } = importLibrary(
        changed((library) => {
          const [first] = library.datasets;
          if (first) first.complexity.mean[measure] = value;
        }),
      );
      expect(datasets).toEqual([]);
      expect(runs).toHaveLength(1);
    },
  );

  it('with a number beyond all numbers is left out', () => {
    expect(importLibrary(sound.replace('"segmentability":0.7', '"segmentability":1e999')).datasets).toEqual(
      [],
    );
  });
});

describe('a run of a library', () => {
  it.each([
    ['parameters', 5, /parameters: 5, but its network has 122586/],
    ['parameters', 1e308, /parameters/],
    ['trainingSeconds', 1e308, /trainingSeconds/],
    ['trainingImages', 1e15, /trainingImages/],
    ['seed', 1e15, /seed/],
    ['testDice', 1.5, /testDice/],
    ['network', { ...run.network, factor: [0.5] }, /network/],
  ])('with %s = %j is refused with the reason', (field, value, reason) => {
    const { runs, refused } = importLibrary(
      changed((library) => Object.assign(library.runs[0] ?? {}, { [field]: value })),
    );
    expect(runs).toEqual([]);
    expect(refused[0]?.reason).toMatch(reason);
  });
});

describe('what is stored', () => {
  it('holds no number that would be read as nothing', () => {
    for (const write of [canonicalJson, finiteJson]) {
      expect(() => write({ a: [1, Number.NaN] })).toThrow(RangeError);
      expect(() => write(Number.POSITIVE_INFINITY)).toThrow(RangeError);
      expect(write({ b: 1, a: null })).toContain('null');
    }
  });

  it('is the progress of a job whose loss has overflown, without that figure', () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    const id = project.jobs.add('calibrate', 'x');
    const progress = { stage: 's', done: 1, total: 2, unit: 'steps', secondsLeft: null };
    project.jobs.setProgress(id, { ...progress, figures: { loss: Number.NaN, rate: 0.1 } });
    expect(project.jobs.byId(id)?.progress).toEqual({ ...progress, figures: { rate: 0.1 } });
    project.close();
  });
});

describe('a project that took poisoned values in before', () => {
  it('opens, and counts them as not measured', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const project = Project.create(path);
    project.runs.import([run]);
    project.calibratedDatasets.import([dataset]);
    project.close();
    const raw = new Database(path);
    raw.exec("UPDATE calibrated_datasets SET complexity = json_set(complexity, '$.mean.jpeg', 1e308)");
    raw.exec('UPDATE calibration_runs SET parameters = 2000000000000');
    raw.close();
    const opened = Project.open(path);
    expect(opened.calibratedDatasets.list()).toEqual([]);
    expect(opened.runs.all()).toEqual([]);
    expect(opened.runs.removeLibrary(null)).toEqual({ removed: 1, kept: 0 });
    opened.close();
  });
});

describe('an imported library', () => {
  it('is taken out without the runs that the user left out, which stay with their reasons', async () => {
    const folder = temporaryFolder();
    const project = Project.create(join(folder, 'lab.ccnet'));
    const path = join(folder, 'ward.json');
    writeFileSync(path, exportLibrary([exampleRun({ seed: 1 }), exampleRun({ seed: 2 })], [dataset]).text);
    storeLibrary(project, path);
    const bad = project.runs.list().find(({ run: { seed } }) => seed === 2);
    project.runs.exclude(bad?.id ?? 0, 'another stain');
    const remove = createJob({ kind: 'remove-library', library: 'ward.json' }, project);
    expect(await remove.run(signal, () => undefined)).toEqual({ removed: 1, kept: 1 });
    storeLibrary(project, path);
    expect(project.runs.all().map(({ seed, excluded }) => [seed, excluded])).toEqual(
      expect.arrayContaining([
        [1, null],
        [2, 'another stain'],
      ]),
    );
    expect(project.runs.all()).toHaveLength(2);
    project.close();
  });

  it('is taken out in one step by its name, with all that it brought and nothing else', async () => {
    const folder = temporaryFolder();
    const project = Project.create(join(folder, 'lab.ccnet'));
    project.runs.add(exampleRun({ seed: 9 }));
    const file = (name: string, seeds: number[]): string => {
      const path = join(folder, name);
      writeFileSync(
        path,
        exportLibrary(
          seeds.map((seed) => exampleRun({ seed })),
          [dataset],
        ).text,
      );
      return path;
    };
    storeLibrary(project, file('ward.json', [1, 2]));
    storeLibrary(project, file('other.json', [2, 3]));
    storeLibrary(project, file('ward.json', [4]));
    expect(project.runs.libraries()).toEqual([
      { library: 'other.json', runs: 1 },
      { library: 'ward.json', runs: 2 },
      { library: 'ward.json (2)', runs: 1 },
    ]);
    const remove = (library: string) =>
      createJob({ kind: 'remove-library', library }, project).run(signal, () => undefined);
    expect(await remove('ward.json')).toEqual({ removed: 2, kept: 0 });
    expect(
      project.runs
        .all()
        .map(({ seed }) => seed)
        .sort(),
    ).toEqual([3, 4, 9]);
    await expect(remove('ward.json')).rejects.toThrow(
      failing('unknown-library', { known: ['other.json', 'ward.json (2)'] }),
    );
    await remove('other.json');
    await remove('ward.json (2)');
    // No run of a library is left, and what it said of the dataset neither.
    expect(project.runs.all().map(({ seed }) => seed)).toEqual([9]);
    project.close();
  });
});
