import { expect, test } from 'vitest';
import { preparationSteps } from '#common/preparation/preparationWords.ts';
import { cardMetadata, networkCardSchema } from '#common/use/networkCard.ts';
import { exportGuide } from '../../../src-main/export/guide/exportGuide.ts';
import { SCRIPTS, scriptsFor } from '../../../src-main/export/guide/scriptText.ts';
import { sampleCard } from '../sampleCard.ts';

const card = sampleCard();

test('the guide tells every step of the preparation, every file, and how to run the script', () => {
  const guide = exportGuide(
    card,
    'glands',
    [...SCRIPTS],
    [
      { name: 'glands.onnx', kind: 'onnx' },
      { name: 'glands-pixels.onnx', kind: 'onnx-pixels' },
    ],
  );
  for (const step of preparationSteps(card.preparation)) expect(guide).toContain(step);
  expect(guide).toContain('python glands-segment.py glands.onnx');
  for (const name of SCRIPTS) expect(guide).toContain(`\`glands-${name}\`: `);
  expect(guide).toContain('python glands-napari.py glands.onnx');
  expect(guide).toContain('`glands-pixels.onnx`: the same with its preparation');
  expect(guide).toContain('16-bit or float');
  expect(guide).toContain('Dice 0.910');
});

test('the metadata of a file hold the card, which is read back unchanged, and the steps in words', () => {
  const metadata = cardMetadata(card);
  expect(networkCardSchema.parse(JSON.parse(metadata['ccnet'] ?? ''))).toEqual(card);
  expect(metadata['preprocessing']).toContain('0.1 and 99.9 percentiles');
  expect(metadata['threshold']).toBe('0.5');
});

test('scripts come with the file that they run', () => {
  expect(scriptsFor(['onnx'])).toEqual(['segment.py', 'napari.py']);
  expect(scriptsFor(['onnx-pixels', 'tfjs'])).toEqual(['fiji.groovy', 'qupath.groovy']);
  expect(scriptsFor(['bioimageio'])).toEqual([]);
});
