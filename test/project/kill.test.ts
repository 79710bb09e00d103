import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { Project } from '../../src-main/project/project.ts';
import { startChild } from './childProcess.ts';
import { exampleCheckpoint, exampleDataset, exampleNetwork } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const ROUNDS = 8;
/** 4 MB a checkpoint: long enough that most kills fall into the middle of a transaction. */
const VALUES = 180_000;

/** Numbers in [0, 1) from a seed (Lehmer), so that a failure can be repeated. */
function* lehmer(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

describe('a process killed at any moment while it saves checkpoints', () => {
  it(`loses at most the epoch under way (${ROUNDS} kills)`, async () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const project = Project.create(path);
    const dataset = project.datasets.add(exampleDataset, [], []);
    const training = project.trainings.add({
      datasetId: dataset.id,
      purpose: 'calibration',
      network: exampleNetwork,
      recipe: DEFAULT_RECIPE,
      seed: 1,
      fold: null,
    });
    project.trainings.start(training.id, 'native');
    project.close();

    const random = lehmer(20_261_123);
    let interrupted = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const child = startChild('writeCheckpoints.ts', path, String(training.id), String(VALUES));
      await child.nextLine();
      let reported = Number(await child.nextLine());
      const moment = random.next().value * 60;
      await new Promise((resolve) => setTimeout(resolve, moment));
      await child.kill();
      for (;;) {
        const line = await child.nextLine().catch(() => undefined);
        if (line === undefined) break;
        reported = Number(line);
      }

      if (existsSync(`${path}-journal`)) interrupted++;
      // Every other round a reader comes first: it must play the journal back too.
      const reopened = Project.open(path, { readOnly: round % 2 === 0 });
      const found = reopened.checkpoints.load(training.id);
      reopened.close();
      expect(found?.epoch).toBeGreaterThanOrEqual(reported);
      expect(found?.epoch).toBeLessThanOrEqual(reported + 1);
      expect(isDeepStrictEqual(found, exampleCheckpoint(found?.epoch ?? 0, VALUES))).toBe(true);
      const raw = new Database(path, { readonly: true });
      expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
      raw.close();
    }
    // Otherwise the kills missed the transactions, and the test has shown nothing.
    expect(interrupted).toBeGreaterThan(0);
  }, 180_000);
});
