import { expect, it } from 'vitest';
import type { InspectedDevice } from '#common/device/device.ts';
import { timedSizesText } from '../../src-main/cli/commands/timedSizesText.ts';

const device = (id: InspectedDevice['id'], milliseconds: readonly (number | null)[]): InspectedDevice => ({
  ...{ id, name: id, usable: true, failure: null, selfTest: null, stepMs: 1, memoryBytes: null },
  steps: milliseconds.map((time, index) => ({ factor: 1 / 2 ** index, milliseconds: time })),
});

it('the fastest device is named for every factor, and what was not timed is said', () => {
  const unusable = { ...device('tensorflow', []), usable: false };
  const text = timedSizesText([device('native', [262, 4.1]), unusable, device('webgpu', [19, null])]);
  expect(text.split('\n').slice(1)).toEqual([
    'factor  native     webgpu             take',
    '------  ------  ---------  ---------------',
    '1          262       19.0  --device webgpu',
    '1/2       4.10  not timed  --device native',
    'A sweep trains on both at once with: ccnet calibrate ... --device webgpu --with-cores',
  ]);
});

it('a sweep on two devices is told of only where each is the fastest at something', () => {
  const all = [device('native', [262, 4.1]), device('webgpu', [19, 3])];
  expect(timedSizesText(all)).not.toContain('--with-cores');
});
