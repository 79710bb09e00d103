import { describe, expect, it } from 'vitest';
import { demoWords } from '../../src-renderer/state/window/demoGuide.ts';
import { STEPS } from '../../src-renderer/state/wizard/wizardDraft.ts';

const MOMENT = {
  making: false,
  dataset: 'glands',
  view: 'compress',
  step: 'question',
  training: false,
} as const;

describe('the demo', () => {
  it('says at every step what to do now', () => {
    const said = STEPS.map((step) => demoWords({ ...MOMENT, step }));
    expect(new Set(said).size).toBe(STEPS.length);
    for (const words of said) expect(words).toMatch(/[.]$/);
  });

  it('names the dataset to predict, and waits until it is there', () => {
    expect(demoWords({ ...MOMENT, view: 'elsewhere' })).toContain('"glands"');
    expect(demoWords({ ...MOMENT, making: true })).toContain('Wait');
    expect(demoWords({ ...MOMENT, dataset: null })).toContain('Wait');
    expect(demoWords({ ...MOMENT, step: 'training', training: true })).toContain('Watch');
  });
});
