import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src-main/export/report/htmlReport.ts';
import { overlayImage } from '../../../src-main/export/report/overlayImage.ts';
import sharp from 'sharp';
import { sampleReport } from './sampleReport.ts';

const pixel = Uint8Array.of(1, 2, 3);

describe('the report', () => {
  it('names the chosen factor, its parameters and what was measured', () => {
    const page = htmlReport(sampleReport(pixel));
    for (const fact of ['1/4', '122,586', '0.871', '0.880', 'sharedLaw', '0.031'])
      expect(page).toContain(fact);
  });

  it('names the predictor in words, and how far off predicted shares were', () => {
    const page = htmlReport(sampleReport(pixel));
    for (const fact of [
      'law of loss shared by all datasets',
      '1.9 percentage points',
      'without looking at the images by 2.3 points',
    ])
      expect(page).toContain(fact);
  });

  it('loads nothing from elsewhere', () => {
    const page = htmlReport(sampleReport(pixel)).replaceAll('http://www.w3.org/2000/svg', '');
    expect(page).not.toMatch(/https?:|src="(?!data:)|<script|<link/);
  });

  it('shows a hostile dataset name as text', () => {
    const data = sampleReport(pixel);
    const page = htmlReport({ ...data, dataset: { ...data.dataset, name: '<img src=x onerror=alert(1)>"' } });
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;');
  });

  it('does not claim that a prediction held which was too vague to be tested', () => {
    const data = sampleReport(pixel);
    if (!data.outcome) throw new Error('the sample report has an outcome');
    const vague = { ...data.outcome, predicted: { dice: 0.86, low: 0.436, high: 1 } };
    expect(htmlReport(data)).toContain('The prediction held');
    expect(htmlReport({ ...data, outcome: vague })).not.toContain('The prediction held');
    expect(htmlReport({ ...data, outcome: vague })).toContain('too vague to be tested');
  });

  it('says which limit binds when nothing satisfies the limits', () => {
    const data = sampleReport(pixel);
    const [nearest] = data.candidates;
    if (!nearest) throw new Error('the sample report has candidates');
    const binding = ['Dice of at least 0.99'];
    const choice = { kind: 'impossible' as const, binding, nearest, advice: 'Lower the goal.' };
    const page = htmlReport({ ...data, outcome: null, choice });
    expect(page).toContain('Dice of at least 0.99');
    expect(page).toContain('Lower the goal.');
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
