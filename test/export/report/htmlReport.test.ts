import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src-main/export/report/htmlReport.ts';
import { overlayImage } from '../../../src-main/export/report/overlayImage.ts';
import sharp from 'sharp';
import { numbers, section, seen, tableOf } from './readPage.ts';
import { sampleReport } from './sampleReport.ts';

const pixel = Uint8Array.of(1, 2, 3);

/** Numbers of a text, each within half of the last digit that the report shows. */
function expectNumbers(text: string, expected: readonly number[], digits = 3): void {
  const found = numbers(text);
  expect(found, text).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    const size = 10 ** Math.floor(Math.log10(Math.abs(value)) - digits + 1);
    expect(Math.abs((found[i] ?? NaN) - value), `${text}: ${value}`).toBeLessThanOrEqual(size / 2 + 1e-12);
  }
}

describe('the report', () => {
  const data = sampleReport(pixel);
  const page = htmlReport(data);
  const { outcome } = data;
  if (!outcome || data.choice.kind !== 'chosen')
    throw new Error('the sample report has a choice and an outcome');
  const { choice } = data;

  it('answers with the chosen factor, its parameters, and predicted and measured accuracy', () => {
    const words = seen(/<p class="answer">[^]*?<\/p>/.exec(page)?.[0] ?? '');
    expectNumbers(
      words,
      [
        ...[data.network.width, choice.alpha, choice.parameters, choice.parameters / 1944546],
        ...[choice.predicted, choice.low, choice.high],
        ...[outcome.measured.dice, outcome.measured.dice / 0.9, 0.9],
      ],
      2,
    );
    expect(numbers(words)).toEqual(expect.arrayContaining([16, 0.25, 122586, 0.88, 0.82, 0.94, 0.871, 0.9]));
  });

  it('counts images, findings and foreground', () => {
    const words = seen(/<p>[^]*?<\/p>/.exec(section(page, 'Dataset and complexity'))?.[0] ?? '');
    expect(numbers(words.slice(0, words.indexOf('Fingerprint')))).toEqual([16, 10, 3, 3, 0.4, 0, 2]);
    expect(words).toContain('Fingerprint abababababababab');
  });

  it('lists the mean of every measure of complexity', () => {
    const { rows } = tableOf(page, 'Dataset and complexity');
    expect(Object.fromEntries(rows.map((row) => [row['Measure'], Number(row['Mean'])]))).toEqual(
      Object.fromEntries(
        Object.entries(data.complexity.mean).map(([name, mean]) => [name, Number(mean.toPrecision(4))]),
      ),
    );
  });

  it('lists every size, the largest first, with what was predicted and what it costs', () => {
    const { rows } = tableOf(page, 'Predicted accuracy of every size');
    const sizes = [...data.candidates].sort((a, b) => b.alpha - a.alpha);
    expect(rows).toHaveLength(sizes.length);
    for (const [i, row] of rows.entries()) {
      const size = sizes[i];
      if (!size) throw new Error('there is a row for every size');
      expect(numbers(row['Factor'] ?? '')).toEqual([size.alpha]);
      expectNumbers(row['Parameters'] ?? '', [size.parameters]);
      expectNumbers(row['Predicted Dice'] ?? '', [size.predicted]);
      expectNumbers(row['Interval'] ?? '', [size.low, size.high]);
      expectNumbers(row['Retained'] ?? '', [size.retained, size.retainedLow], 2);
      expectNumbers(row['File'] ?? '', [size.fileBytes], 2);
      expectNumbers((row['One image here'] ?? '').replace('ms', ''), [size.latencyMs ?? NaN]);
    }
  });

  it('has a measured accuracy for the sizes that were measured, and for no other', () => {
    const { rows } = tableOf(page, 'Predicted accuracy of every size');
    expect(rows.map((row) => [row['Factor'], row['Measured']])).toEqual([
      ['1', '–'],
      ['1/2', '–'],
      ['1/4', '0.871'],
      ['1/8', '–'],
    ]);
  });

  it('sets predicted beside measured accuracy', () => {
    const { rows } = tableOf(page, 'Predicted and measured');
    const measured = Object.fromEntries(
      rows.map((row) => [row[''] ?? '', row['Measured on the test images']]),
    );
    expect(measured).toEqual({
      'Dice, mean over images': '0.871',
      'Dice at the working resolution': '0.900',
      'IoU, mean over images': '0.780',
      'Dice, pixels pooled': '0.880',
    });
    expect(rows[0]).toMatchObject({ Predicted: '0.880', Interval: '0.820 to 0.940' });
  });

  it('says that images were edited after the training, and shows none then', () => {
    expect(page).not.toContain('left out or moved after');
    const edited = htmlReport({ ...data, outcome: { ...outcome, edited: true, examples: [] } });
    expect(edited).toContain('left out or moved after the network was trained');
    expect(edited).not.toContain('<h2>Examples</h2>');
  });

  it('tells cost before and after, and how many times less', () => {
    const { rows } = tableOf(page, 'Cost before and after');
    const costs = ['parameters', 'macs', 'activationBytes', 'fileBytes', 'latencyMs'] as const;
    expect(rows).toHaveLength(costs.length);
    for (const [i, cost] of costs.entries()) {
      const row = rows[i] ?? {};
      const [before, after] = [outcome.base[cost] ?? NaN, outcome.chosen[cost] ?? NaN];
      expectNumbers(row['Base network'] ?? '', [before], 2);
      expectNumbers(row['Chosen network'] ?? '', [after], 2);
      expectNumbers(row['Saved'] ?? '', [before / after]);
    }
  });

  it('lists exported files with their size and difference', () => {
    const { rows } = tableOf(page, 'Exported files');
    expect(rows.map((row) => row['File'])).toEqual(['glands.onnx']);
    expectNumbers(rows[0]?.['Size'] ?? '', [5e5], 2);
    expectNumbers(rows[0]?.['Largest difference to the trained network'] ?? '', [3e-6], 2);
  });

  it('names the predictor in words, and how far off it was, beside what ignores complexity', () => {
    const words = seen(section(page, 'Predicted accuracy of every size'));
    const trust = words.slice(words.indexOf('How far to trust it:'));
    expect(trust).toContain('law of loss shared by all datasets');
    expect(numbers(trust)).toEqual(expect.arrayContaining([0.031, 0.048, 1.9, 2.3]));
    expect(trust).toContain(data.warnings[0]);
  });

  it('loads nothing from elsewhere', () => {
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|src="(?!data:)|<script|<link/,
    );
  });

  it('shows a hostile dataset name as text', () => {
    const page = htmlReport({ ...data, dataset: { ...data.dataset, name: '<img src=x onerror=alert(1)>"' } });
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;');
  });

  it('does not claim that a prediction held which was too vague to be tested', () => {
    const vague = { ...outcome, predicted: { dice: 0.86, low: 0.436, high: 1 } };
    expect(htmlReport(data)).toContain('The prediction held');
    expect(htmlReport({ ...data, outcome: vague })).not.toContain('The prediction held');
    expect(htmlReport({ ...data, outcome: vague })).toContain('too vague to be tested');
  });

  it('says which limit binds when nothing satisfies the limits', () => {
    const [nearest] = data.candidates;
    if (!nearest) throw new Error('the sample report has candidates');
    const binding = ['Dice of at least 0.99'];
    const choice = { kind: 'impossible' as const, binding, nearest, advice: 'Lower the goal.' };
    const words = seen(htmlReport({ ...data, outcome: null, choice }));
    expect(words).toContain('Dice of at least 0.99');
    expect(words).toContain('Lower the goal.');
  });
});

describe('overlayImage', () => {
  it('outlines the reference in blue and the prediction in orange, at twice the size', async () => {
    const mask = new Uint8Array(64);
    const foreground = new Float32Array(64);
    mask[9] = 1;
    foreground[45] = 0.9;
    const sample = {
      name: 'x',
      width: 8,
      height: 8,
      channels: 1 as const,
      image: new Float32Array(64).fill(0.5),
      mask,
    };
    const { data, info } = await sharp(await overlayImage(sample, foreground))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([16, 16]);
    const at = (x: number, y: number): number[] => [...data.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 3)];
    expect(at(2, 2)).toEqual([86, 180, 233]);
    expect(at(10, 10)).toEqual([255, 140, 0]);
    expect(at(0, 0)).toEqual([128, 128, 128]);
  });
});
