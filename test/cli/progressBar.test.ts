import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src-main/cli/progressBar.ts';

describe('progressLine', () => {
  it('shows stage, share, counts, time left and figures, and never exceeds the terminal', () => {
    const progress = {
      stage: 'Training',
      done: 5,
      total: 20,
      unit: 'epochs',
      secondsLeft: 90,
      figures: { loss: 0.51234 },
    };
    expect(progressLine(progress, 200)).toBe(
      'Training [######..................] 5/20 epochs, 1 min 30 s left  loss 0.512',
    );
    expect(progressLine(progress, 40).length).toBeLessThan(40);
  });

  it('counts without a total', () => {
    const line = progressLine({ stage: 'Reading', done: 7, total: 0, unit: 'files', secondsLeft: null }, 80);
    expect(line).toBe('Reading [........................] 7 files');
  });
});
