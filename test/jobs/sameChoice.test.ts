import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseNetwork } from '#common/prediction/chooseNetwork.ts';
import { storedChoice } from '#common/prediction/storedChoice.ts';
import type { PredictionRecord } from '../../src-main/project/records/predictions.ts';
import { trainingRequest } from '../../src-renderer/state/wizard/trainingRequest.ts';
import { answerQuestion } from '../../src-main/jobs/prediction/answerQuestion.ts';
import { predict } from '../../src-main/jobs/prediction/predict.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { BASE, calibratedLab, RECIPE, SIDE, type Lab } from './calibratedLab.ts';

const { signal } = new AbortController();
let lab: Lab;
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

/** A prediction about some sizes, as the command line asks for it and as the window reads it from the project. */
async function stored(alphas: number[], limits: PredictionRecord['limits']): Promise<PredictionRecord> {
  const question = { dataset: lab.dataset, ...BASE, alphas, limits, workingSide: SIDE };
  await predict({ kind: 'predict', ...question }, lab.project).run(signal, () => undefined);
  const record = lab.project.predictions.ofDataset(lab.dataset).at(-1);
  if (!record) throw new Error('nothing was stored');
  return record;
}

describe('window and job choose the same network', () => {
  it.each([
    ['keep everything', { retain: 1, safe: false }, 'impossible'],
    ['keep most', { retain: 0.9, safe: false }, 'chosen'],
    ['no goal', { safe: false }, 'chosen'],
  ] as const)(
    'from a prediction in which the full network was not asked about (%s)',
    async (_what, limits, kind) => {
      const { prediction, choice } = await stored([1 / 2, 1 / 4], limits);
      expect(prediction.candidates.map(({ alpha }) => alpha)).toEqual([1, 1 / 2, 1 / 4]);
      expect(choice.kind).toBe(kind);
      expect(storedChoice(chooseNetwork(prediction.candidates, limits))).toEqual(choice);
    },
  );

  it('when the window starts the training of what it shows', async () => {
    const limits = { retain: 0.5, safe: false };
    const shown = await stored([1, 1 / 2], limits);
    const choice = storedChoice(chooseNetwork(shown.prediction.candidates, limits));
    const request = trainingRequest(shown, {
      limits,
      recipe: { ...RECIPE, workingSide: 2 * SIDE },
      device: 'native',
      threads: null,
      seed: 1,
      formats: ['onnx'],
      verifyGoal: false,
      out: lab.folder,
    });
    expect(request).toMatchObject({
      dataset: lab.dataset,
      ...BASE,
      alphas: [1, 1 / 2],
      workingSide: SIDE,
      recipe: RECIPE,
    });
    const engine = await openEngine('native');
    const again = await answerQuestion(lab.project, request, request.recipe, engine, signal, () => undefined);
    expect(again.choice).toEqual(choice);
    expect(choice).toMatchObject({ kind: 'chosen', alpha: 1 / 2 });
  });
});
