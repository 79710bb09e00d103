import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import { compress } from '../../src-main/jobs/training/compress.ts';
import { BASE, calibratedLab, labRun, RECIPE, SIDE, type Lab } from './calibratedLab.ts';

const LONGER = { ...RECIPE, epochs: 2 };

let lab: Lab;
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

/** Trains the half-width network on the lab's dataset, after `own` runs on it, and reads the report. */
async function reported(): Promise<{ page: string; result: CompressResult }> {
  const out = join(lab.folder, 'small');
  const request: RequestOf<'compress'> = {
    kind: 'compress',
    dataset: lab.dataset,
    ...BASE,
    alphas: [1, 1 / 2, 1 / 4],
    limits: { retain: 0.95, safe: false },
    workingSide: SIDE,
    recipe: RECIPE,
    device: 'native',
    threads: null,
    seed: 1,
    formats: ['onnx'],
    verifyGoal: false,
    out,
  };
  const { signal } = new AbortController();
  const result = await compress(request, lab.project).run(signal, () => undefined);
  return { page: readFileSync(result.outcome?.report ?? '', 'utf8'), result };
}

/** The text of every cell of the page's tables, row by row. */
function rows(page: string): string[][] {
  return [...page.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...(row ?? '').matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => (cell ?? '').trim()),
  );
}

describe('the report on a dataset', () => {
  it('shows what brightness, colour and texture alone find in training images, beside the masks', async () => {
    const { page, result } = await reported();
    const value = result.prediction.complexity.segmentability ?? NaN;
    expect(page).toContain(`What simple features tell: <strong>${value.toFixed(2)}</strong>`);
    const [, encoded = ''] =
      /<img\s+alt="best training image [^"]*beside what simple features find"\s+src="data:image\/png;base64,([^"]+)"/.exec(
        page,
      ) ?? [];
    const { data, info } = await sharp(Buffer.from(encoded, 'base64'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([2 * SIDE + 8, SIDE]);
    // Cells are told apart by brightness: on the right some pixels are surely objects, others surely not, and all are grey.
    const right = Array.from({ length: SIDE * SIDE }, (_, i) => {
      const at = info.channels * (Math.floor(i / SIDE) * info.width + SIDE + 8 + (i % SIDE));
      return [data[at] ?? -1, data[at + 1] ?? -1] as const;
    });
    expect(right.every(([red, green]) => red === green)).toBe(true);
    const shades = right.map(([red]) => red);
    expect(Math.max(...shades) - Math.min(...shades)).toBeGreaterThan(150);
  });
});

describe('the report on a dataset that was trained on by two recipes', () => {
  beforeEach(() => {
    const own = { datasetFingerprint: lab.fingerprint, datasetName: 'cells' };
    lab.project.runs.add(labRun(own, 1, 0.9));
    lab.project.runs.add(labRun(own, 1, 0.5, { recipe: LONGER }));
  });

  it('measures the accuracy of a size by the recipe of the calibration alone, as the prediction did', async () => {
    const { page, result } = await reported();
    const table = rows(page);
    const measured = table.find((row) => row.includes('Measured'))?.indexOf('Measured') ?? -1;
    const full = table.find(([factor, ...others]) => factor === '1' && others.length > 4);
    expect(result.prediction.measured).toMatchObject([{ alpha: 1, dice: 0.9 }]);
    expect(full?.[measured]).toBe('0.900');
  });

  it('holds the trained network against a full network that was trained alike', async () => {
    const { page } = await reported();
    expect(/of the base network's\s+(0\.\d+)/.exec(page)?.[1]).toBe('0.900');
  });
});
