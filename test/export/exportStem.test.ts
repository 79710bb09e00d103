import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { freeStem, guideName, networkStem } from '../../src-main/export/exportStem.ts';
import { exportGuide } from '../../src-main/export/guide/exportGuide.ts';
import { sampleCard } from './sampleCard.ts';

const card = sampleCard();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccnet-stem-'));
});
const leave = (stem: string, of = card): void =>
  writeFileSync(join(folder, guideName(stem)), exportGuide(of, 'x', [], []));

test('names carry dataset, network and run', () => {
  expect(networkStem(card)).toBe('glands-unet64-1of8-run3');
  const strange = sampleCard({
    dataset: { name: 'Drüsen / Tag 1', fingerprint: '' },
    network: { ...card.network, factor: 0.3 },
  });
  expect(networkStem(strange)).toBe('Drüsen-Tag-1-unet64-0.3-run3');
});

test('a folder that holds nothing of the name, and one with the same network, give the plain name', async () => {
  expect(await freeStem(folder, card)).toBe('glands-unet64-1of8-run3');
  leave('glands-unet64-1of8-run3');
  expect(await freeStem(folder, card)).toBe('glands-unet64-1of8-run3');
});

test('run 3 of another project does not overwrite run 3 of this one', async () => {
  leave('glands-unet64-1of8-run3', sampleCard({ weights: 'b'.repeat(64) }));
  expect(await freeStem(folder, card)).toBe('glands-unet64-1of8-run3-2');
  leave('glands-unet64-1of8-run3-2', sampleCard({ weights: 'c'.repeat(64) }));
  expect(await freeStem(folder, card)).toBe('glands-unet64-1of8-run3-3');
});
