import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goalWords } from '#common/prediction/judgeGoal.ts';
import type { Limits } from '#common/prediction/prediction.ts';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import { compress } from '../../src-main/jobs/training/compress.ts';
import { verifyGoal } from '../../src-main/jobs/training/verifyGoal.ts';
import { BASE, type Lab, RECIPE, SIDE, calibratedLab } from './calibratedLab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

const { signal } = new AbortController();
const device = { device: 'native', threads: null } as const;

function compressed(limits: Limits, verify: boolean): Promise<CompressResult> {
  const asked = { dataset: lab.dataset, ...BASE, alphas: [1 / 2, 1 / 4], limits, workingSide: SIDE };
  return compress(
    {
      kind: 'compress',
      ...asked,
      ...device,
      recipe: RECIPE,
      seed: 1,
      formats: ['onnx'],
      verifyGoal: verify,
      out: join(lab.folder, 'small'),
    },
    lab.project,
  ).run(signal, () => undefined);
}

const fullNetworks = () => lab.project.networks.list().filter(({ network }) => network.factor === 1);

describe('the goal of a compression', () => {
  it('is unknown until the full network is trained, and answered by the job that trains it', async () => {
    const { outcome } = await compressed({ retain: 0.5, safe: false }, false);
    expect(outcome?.goal).toEqual({ kind: 'unknown', goal: 0.5 });
    expect(fullNetworks()).toEqual([]);
    const id = lab.project.outcomes.list()[0]?.id ?? NaN;
    const verdict = await verifyGoal({ kind: 'verify-goal', outcome: id, ...device }, lab.project).run(
      signal,
      () => undefined,
    );
    const [full] = fullNetworks();
    const small = lab.project.networks.byId(outcome?.network ?? NaN);
    const share = (small?.test.dice ?? NaN) / (full?.test.dice ?? NaN);
    expect(verdict).toMatchObject({ kind: share >= 0.5 ? 'met' : 'missed', asked: 'retain' });
    expect(verdict.kind !== 'unknown' && 'kept' in verdict && verdict.kept.share).toBeCloseTo(share, 10);
  });

  it('is answered at once where asked for, told in the report, and the full network is trained but once', async () => {
    const { outcome } = await compressed({ retain: 0.5, minDice: 0.001, safe: false }, true);
    if (!outcome) throw new Error('Nothing was trained.');
    expect(['met', 'missed']).toContain(outcome.goal.kind);
    const page = readFileSync(outcome.report, 'utf8').replaceAll('&#39;', "'");
    expect(page).toContain(goalWords(outcome.goal));
    await compressed({ retain: 0.5, minDice: 0.001, safe: false }, true);
    expect(fullNetworks()).toHaveLength(1);
  });
});
