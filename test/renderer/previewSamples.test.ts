import { expect, it } from 'vitest';
import type { Finding } from '#common/dataset/dataset.ts';
import { previewSamples } from '../../src-renderer/state/intake/previewSamples.ts';

const samples = Array.from({ length: 12 }, (_, index) => ({
  image: `images/${index}.png`,
  masks: [`masks/${index}.png`],
}));
const finding = (file: string, remedy: Finding['remedy']): Finding => ({
  severity: 'warning',
  code: 'mask-maybe-exchanged',
  file,
  problem: 'It is odd.',
  remedy,
});
const look = (file: string): Finding => finding(file, ['Check it.', { kind: 'look-at-overlay' }]);
const shown = (findings: readonly Finding[]): string[] =>
  previewSamples(samples, findings, 4).map(({ image }) => image.replace(/\D/g, ''));

it('images are shown from all parts of a dataset', () => {
  expect(shown([])).toEqual(['1', '4', '7', '10']);
});

it('those that a finding asks to look at are among them, by image or mask', () => {
  expect(shown([look('masks/5.png'), look('images/0.png')])).toEqual(['0', '3', '5', '9']);
});

it('findings that ask for something else, or of the whole, change nothing', () => {
  expect(shown([finding('masks/5.png', 'Draw it again.'), look('.')])).toEqual(['1', '4', '7', '10']);
});

it('of many that are to be looked at as many are shown as there is place for', () => {
  expect(shown(samples.map(({ image }) => look(image)))).toHaveLength(4);
});
