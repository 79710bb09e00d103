import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportLibrary } from '../../src-main/calibration/exportLibrary.ts';
import { importLibrary } from '../../src-main/calibration/importLibrary.ts';
import { failing } from '../failing.ts';
import { mergeLibrary } from '../../src-main/calibration/mergeLibrary.ts';
import { readLibraryFile } from '../../src-main/calibration/readLibraryFile.ts';
import { Project } from '../../src-main/project/project.ts';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import { exampleComplexity, exampleRun } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const datasets: CalibratedDataset[] = [
  {
    fingerprint: exampleRun().datasetFingerprint,
    name: 'GlaS',
    related: null,
    complexity: { recipe: 'r', mean: exampleComplexity(0.25), segmentability: 0.7, trainingImages: 85 },
  },
];
const runs = [exampleRun({ seed: 1 }), exampleRun({ seed: 2, testDice: 1 / 3 })];

/** A library with one run of which some fields are replaced. */
function libraryWith(changes: object): string {
  return JSON.stringify({
    format: 'ccnet-calibration-library',
    version: 1,
    runs: [{ ...exampleRun(), ...changes }],
  });
}

describe('a calibration library', () => {
  it('of a network whose factor differs from layer to layer is refused with that reason', () => {
    const network = { ...exampleRun().network, factor: [0.5, 1] };
    expect(importLibrary(libraryWith({ network })).refused).toEqual([
      {
        position: 1,
        reason: 'network.factor: differs from layer to layer, and only one for the whole network is known',
      },
    ]);
  });

  it('brings back exactly the runs that were exported', () => {
    expect(importLibrary(exportLibrary(runs, datasets).text)).toEqual({ runs, datasets, refused: [] });
  });

  it('is the same text for the same runs', () => {
    expect(exportLibrary(runs, datasets).text).toBe(exportLibrary(structuredClone(runs), datasets).text);
  });

  it('may be empty', () => {
    expect(importLibrary(exportLibrary([], datasets).text)).toEqual({ runs: [], datasets: [], refused: [] });
  });

  it('keeps excluded runs and their reasons at home', () => {
    const library = exportLibrary(
      [...runs, exampleRun({ seed: 3, excluded: 'asked for by Ward 7' })],
      datasets,
    );
    expect(library).toMatchObject({ exported: 2, withheld: 1 });
    expect(library.text).not.toContain('Ward 7');
  });

  it('holds no path, even where a dataset is called by one', () => {
    const { text } = exportLibrary(
      [
        exampleRun({ seed: 1, datasetName: '/home/somebody/glas' }),
        exampleRun({ seed: 2, datasetName: 'C:\\Users\\somebody\\glas\\' }),
      ],
      datasets.map((dataset) => ({ ...dataset, name: '/home/somebody/glas' })),
    );
    expect(text).not.toMatch(/somebody/);
    expect(importLibrary(text).runs.map((run) => run.datasetName)).toEqual(['glas', 'glas']);
    expect(importLibrary(text).datasets.map(({ name }) => name)).toEqual(['glas']);
  });

  it('is read despite the byte-order mark that some editors add', () => {
    expect(importLibrary(`\uFEFF${exportLibrary(runs, datasets).text}`).runs).toHaveLength(2);
  });

  it('of version 0.1.0 says the complexity of a dataset with every run on it', () => {
    const old = { complexityRecipe: 'r', complexity: exampleComplexity(0.25) };
    const text = JSON.stringify({
      format: 'ccnet-calibration-library',
      version: 1,
      runs: runs.map((run) => ({ ...run, ...old })),
    });
    const [dataset] = datasets;
    expect(importLibrary(text)).toEqual({
      runs,
      datasets: [{ ...dataset, complexity: { ...dataset?.complexity, segmentability: null } }],
      refused: [],
    });
  });

  it.each([
    ['a measure is missing', { complexity: { ...datasets[0]?.complexity, mean: { jpeg: 1 } } }],
    ['its name is a path', { name: '../../etc' }],
    ['its kin steers the terminal', { related: '\u001b[2J' }],
  ])('leaves out a dataset of which %s', (_, changes) => {
    const { text } = exportLibrary(runs, datasets);
    const library = JSON.parse(text) as { datasets: object[] };
    library.datasets = library.datasets.map((dataset) => ({ ...dataset, ...changes }));
    expect(importLibrary(JSON.stringify(library))).toEqual({ runs, datasets: [], refused: [] });
  });

  it('drops fields that no run has', () => {
    const [run] = importLibrary(
      libraryWith({ image: 'data:...', path: '/home/x', __proto__: { a: 1 } }),
    ).runs;
    expect(run).toEqual(exampleRun());
  });

  it('can be read by a version that knows no more than format 1, from a file', () => {
    const path = join(temporaryFolder(), 'lab.json');
    writeFileSync(path, exportLibrary(runs, datasets).text);
    expect(readLibraryFile(path).runs).toEqual(runs);
  });
});

describe('merging a library', () => {
  it('adds what is new, skips equal runs and repeats, and tells what was refused', () => {
    const text = JSON.stringify({
      format: 'ccnet-calibration-library',
      version: 1,
      runs: [runs[0], runs[1], { ...runs[1], testDice: 0.9 }, { ...runs[1], seed: -1 }],
    });
    const merge = mergeLibrary([exampleRun({ seed: 1, testDice: 0.5 })], importLibrary(text));
    expect(merge.added).toEqual([runs[1]]);
    expect(merge.skipped).toBe(2);
    expect(merge.refused).toEqual([{ position: 4, reason: expect.stringMatching(/^seed: /) as string }]);
  });

  it('into a project twice changes nothing the second time, and own runs win', () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    const own = exampleRun({ seed: 1, testDice: 0.5 });
    project.runs.add(own);
    const library = importLibrary(exportLibrary(runs, datasets).text);
    expect(project.runs.import(mergeLibrary(project.runs.all(), library).added)).toBe(1);
    expect(project.runs.import(mergeLibrary(project.runs.all(), library).added)).toBe(0);
    expect(project.runs.list().map(({ origin, run }) => [origin, run])).toEqual([
      ['own', own],
      ['imported', runs[1]],
    ]);
    project.close();
  });
});

describe('a run of a library is refused with the reason when', () => {
  it.each([
    ['accuracy is above 1', { testDice: 1.5 }, /^testDice: /],
    ['accuracy overflows', { testDice: 'Infinity' }, /^testDice: /],
    [
      'the factor is 0',
      { network: { family: 'unet', width: 16, channels: 1, classes: 2, factor: 0 } },
      /^network\.factor/,
    ],
    ['its name is a path', { datasetName: '../../etc' }, /^datasetName: is a path/],
    ['its name steers the terminal', { datasetName: '\u001b[2J' }, /^datasetName: has characters/],
    ['its name reverses the writing', { datasetName: 'a\u202eb' }, /^datasetName: has characters/],
    ['its name is endless', { datasetName: 'x'.repeat(5000) }, /^datasetName: /],
    ['its engine steers the terminal', { engine: 'native\u0007' }, /^engine: has characters/],
    [
      'its fingerprint is markup',
      { datasetFingerprint: '<script>' },
      /^datasetFingerprint: is not a fingerprint/,
    ],
    ['it carries a reason of exclusion', { excluded: 'note' }, /^excluded: /],
    ['its time is none', { finishedAt: 'yesterday' }, /^finishedAt: /],
  ])('%s', (_what, changes, reason) => {
    const { runs: accepted, refused } = importLibrary(libraryWith(changes));
    expect(accepted).toEqual([]);
    expect(refused).toEqual([{ position: 1, reason: expect.stringMatching(reason) as string }]);
  });

  it('it is no object at all', () => {
    const text = '{"format":"ccnet-calibration-library","version":1,"runs":[17,null]}';
    expect(importLibrary(text).refused.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^the run: /),
      expect.stringMatching(/^the run: /),
    ]);
  });
});

describe('what is no library', () => {
  it.each([
    [
      'an image',
      '\u0089PNG\r\n',
      'not-a-library',
      'This is not a calibration library: it is not JSON, or it has been cut off.',
    ],
    [
      'nothing',
      '',
      'not-a-library',
      'This is not a calibration library: it is not JSON, or it has been cut off.',
    ],
    [
      'a library cut off',
      exportLibrary(runs, datasets).text.slice(0, 900),
      'not-a-library',
      'This is not a calibration library: it is not JSON, or it has been cut off.',
    ],
    [
      'a library edited badly',
      '{"format": ccnet}',
      'not-a-library',
      'This is not a calibration library: it is not JSON.',
    ],
    [
      'other JSON',
      '{"type":"FeatureCollection"}',
      'not-a-library',
      'This is not a calibration library: it does not say "format": "ccnet-calibration-library" with a version and runs.',
    ],
    [
      'a library without runs',
      '{"format":"ccnet-calibration-library","version":1}',
      'not-a-library',
      'This is not a calibration library: it does not say "format": "ccnet-calibration-library" with a version and runs.',
    ],
    [
      'a bottomless nest',
      '['.repeat(200_000),
      'not-a-library',
      'This is not a calibration library: it is not JSON, or it has been cut off.',
    ],
    [
      'a newer library',
      '{"format":"ccnet-calibration-library","version":3,"runs":[]}',
      'library-newer',
      'This calibration library was written by a newer version of CC-Net Workstation (format 3; this program knows up to 2).',
    ],
    [
      'too many runs',
      `{"format":"ccnet-calibration-library","version":1,"runs":[${'0,'.repeat(20_000)}0]}`,
      'library-too-large',
      'This calibration library is too large: it has 20001 runs, and at most 20000 are read.',
    ],
  ])('is refused: %s', (_what, text, code, message) => {
    let caught: unknown;
    try {
      importLibrary(text);
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toHaveProperty('code', code);
    expect(caught).toHaveProperty('message', message);
  });

  it('is refused by its size before it is read', () => {
    const path = join(temporaryFolder(), 'large.json');
    writeFileSync(path, '');
    truncateSync(path, 65 * 1024 * 1024);
    expect(() => readLibraryFile(path)).toThrow(failing('library-too-large', { path, has: 65, of: 'MiB' }));
  });

  it('is named when it cannot be read', () => {
    const path = join(temporaryFolder(), 'gone.json');
    expect(() => readLibraryFile(path)).toThrow(failing('library-unreadable', { path }));
    expect(() => readLibraryFile(path)).toThrow(`${path} cannot be read.`);
  });
});
