import { describe, expect, it } from 'vitest';
import { demoAdvice } from '../../src-renderer/state/window/demoGuide.ts';
import { STEPS } from '../../src-renderer/state/wizard/wizardDraft.ts';

const MOMENT = {
  making: false,
  dataset: 'glands',
  view: 'compress',
  step: 'question',
  training: false,
  trained: false,
  used: 'nothing',
} as const;

describe('the demo', () => {
  it('says at every step what to do now', () => {
    const said = STEPS.map((step) => demoAdvice({ ...MOMENT, step }).words);
    expect(new Set(said).size).toBe(STEPS.length);
    for (const words of said) expect(words).toMatch(/[.]$/);
  });

  it('names the dataset to predict, and waits until it is there', () => {
    expect(demoAdvice({ ...MOMENT, view: 'elsewhere' })).toMatchObject({ action: 'ask' });
    expect(demoAdvice({ ...MOMENT, view: 'elsewhere' }).words).toContain('"glands"');
    expect(demoAdvice({ ...MOMENT, making: true }).words).toContain('Wait');
    expect(demoAdvice({ ...MOMENT, dataset: null }).words).toContain('gone');
    expect(demoAdvice({ ...MOMENT, step: 'training', training: true }).words).toContain('Watch');
  });

  it('goes on from the trained network to new images, and ends with the results', () => {
    const trained = { ...MOMENT, trained: true } as const;
    expect(demoAdvice({ ...trained, step: 'result' }).action).toBe('use');
    expect(demoAdvice({ ...trained, view: 'elsewhere' }).action).toBe('use');
    expect(demoAdvice({ ...trained, view: 'use' }).action).toBe('take');
    expect(demoAdvice({ ...trained, view: 'use', used: 'preview' }).words).toContain('Segment');
    expect(demoAdvice({ ...trained, view: 'use', used: 'results' }).words).toContain('your own images');
    // Before that, the view Use has nothing to use.
    expect(demoAdvice({ ...MOMENT, view: 'use' }).action).toBe('ask');
  });
});
