import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CalibrationPoint } from '../../src-main/prediction/points/calibrationPoints.ts';

const pilotSchema = z.object({
  source: z.string(),
  widths: z.array(z.number()),
  datasets: z.array(
    z.object({ name: z.string(), jpeg: z.number(), blobDensity: z.number(), dice: z.array(z.number()) }),
  ),
});

/** Parameters of the pilot's base network, width 32 (method.md, sections 3 and 6). */
const BASE_PARAMETERS = 7_766_978;

/** The pilot's table as calibration points: its greatest width is the base network. */
export function pilotPoints(): CalibrationPoint[] {
  const text = readFileSync(new URL('../pilot.json', import.meta.url), 'utf8');
  const { widths, datasets } = pilotSchema.parse(JSON.parse(text));
  const base = Math.max(...widths);
  return datasets.flatMap(({ name, jpeg, blobDensity, dice }) =>
    widths.map((width, i) => {
      const log2Alpha = Math.log2(width / base);
      return {
        dataset: name,
        datasetName: name,
        features: { jpeg, blobDensity },
        log2Alpha,
        log2Parameters: Math.log2(BASE_PARAMETERS) + 2 * log2Alpha,
        dice: dice[i] ?? Number.NaN,
        seeds: 1,
        spread: null,
      };
    }),
  );
}
