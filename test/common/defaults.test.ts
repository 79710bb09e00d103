import { expect, it, vi } from 'vitest';
import { LIMITS, NETWORK } from '../../src-main/cli/optionSpecs.ts';
import { familyOf, limitsOption, widthOption } from '../../src-main/cli/readOptions.ts';
import { FIRST_GOALS } from '../../src-renderer/state/wizard/goal.ts';
import { FIRST_DRAFT } from '../../src-renderer/state/wizard/wizardDraft.ts';

vi.mock('#common/prediction/defaultLimits.ts', () => ({ DEFAULT_LIMITS: { retain: 0.7, safe: false } }));
vi.mock('#common/network/defaultNetwork.ts', () => ({ DEFAULT_NETWORK: { family: 'fcn8s', width: 24 } }));

it('the default goal stands in one place: command line, its help and the window follow it', () => {
  expect(limitsOption({})).toEqual({ retain: 0.7, safe: false });
  expect(LIMITS['retain']?.help).toContain('0.7');
  expect(FIRST_DRAFT.limits).toEqual({ retain: 0.7, safe: false });
  expect(FIRST_GOALS.retain).toBe(0.7);
});

it('the default base network stands in one place', () => {
  expect([familyOf(undefined), widthOption({})]).toEqual(['fcn8s', 24]);
  expect([NETWORK['network']?.default, NETWORK['width']?.default]).toEqual(['fcn8s', '24']);
  expect(FIRST_DRAFT).toMatchObject({ family: 'fcn8s', width: 24 });
});
