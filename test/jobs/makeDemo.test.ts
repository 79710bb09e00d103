import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { NEW_IMAGES, UNSEEN } from '#common/demoImages.ts';
import type { Progress } from '#contract/progress.ts';
import { makeDemo } from '../../src-main/jobs/demo/makeDemo.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

describe('the demo project', () => {
  it('has the generated tissues, and runs on all but one of them that predictors can use today', async () => {
    const folder = temporaryFolder();
    const project = Project.create(join(folder, 'demo.ccnet'));
    const stages: Progress[] = [];
    const job = makeDemo({ kind: 'make-demo', out: join(folder, 'images') }, project);
    const result = await job.run(new AbortController().signal, (progress) => stages.push(progress));
    const datasets = project.datasets.list();
    expect(datasets.map(({ name }) => name)).toEqual(result.datasets);
    const shipped = project.runs.all().filter(({ datasetName }) => result.datasets.includes(datasetName));
    expect(new Set(shipped.map(({ datasetName }) => datasetName))).toEqual(
      new Set(result.datasets.filter((name) => name !== 'glands')),
    );
    const measured = project.calibratedDatasets.measuredBy(complexityRecipe(128));
    for (const run of shipped)
      expect(measured.get(run.datasetFingerprint)?.complexity.segmentability).toBeGreaterThan(0.5);
    // They were trained on these very images: equal options give equal pixels.
    const fingerprints = new Map(datasets.map(({ name, fingerprint }) => [name, fingerprint]));
    for (const run of shipped) expect(run.datasetFingerprint).toBe(fingerprints.get(run.datasetName));
    expect(stages.at(-1)).toMatchObject({ done: 4, total: 5 });
    // New images of the tissue that nothing was trained on, all others than those of its dataset.
    const contents = (name: string): string[] =>
      readdirSync(join(folder, 'images', name, 'images')).map((file) =>
        readFileSync(join(folder, 'images', name, 'images', file), 'base64'),
      );
    const fresh = contents(NEW_IMAGES);
    expect(fresh).toHaveLength(8);
    expect(new Set([...fresh, ...contents(UNSEEN)]).size).toBe(fresh.length + contents(UNSEEN).length);
    project.close();
  });

  it('that was interrupted is completed by a second run', async () => {
    const folder = temporaryFolder();
    const project = Project.create(join(folder, 'demo.ccnet'));
    const make = makeDemo({ kind: 'make-demo', out: join(folder, 'images') }, project);
    const stop = new AbortController();
    const first = make.run(stop.signal, ({ done }) => {
      if (done === 2) stop.abort();
    });
    await expect(first).rejects.toThrow('cancelled');
    expect(project.datasets.list()).toHaveLength(2);
    await make.run(new AbortController().signal, () => undefined);
    expect(project.datasets.list()).toHaveLength(5);
    project.close();
  });
});
