import { describe, expect, it } from 'vitest';
import { readLibraryFile } from '../../src-main/calibration/readLibraryFile.ts';
import { shippedLibrary } from '../../src-main/calibration/shippedLibrary.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';

describe.each([
  ['the starter library', shippedLibrary('starter'), 256],
  ['the demo library', shippedLibrary('demo'), 128],
])('%s', (_, path, workingSide) => {
  it('is valid and was measured by the current complexity recipe, so that a new project can use it', () => {
    const { runs, datasets, refused } = readLibraryFile(path);
    expect(refused).toEqual([]);
    const measured = datasets.filter(
      ({ complexity }) =>
        complexity.recipe === complexityRecipe(workingSide) && complexity.segmentability !== null,
    );
    expect(measured.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      [...new Set(runs.map((run) => run.datasetFingerprint))].sort(),
    );
    expect(
      new Set(runs.filter((run) => run.learnt).map((run) => run.datasetFingerprint)).size,
    ).toBeGreaterThanOrEqual(4);
  });
});
