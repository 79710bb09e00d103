import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { calibrationRunSchema, type CalibrationRun } from '#common/calibration/calibrationRun.ts';
import {
  calibrationPoints,
  type CalibrationPoint,
} from '../../src-main/prediction/points/calibrationPoints.ts';
import { groupBy } from '../../src-main/prediction/algebra/groupBy.ts';

/**
 * A library file's runs as points, one list per base network, complexity recipe and training recipe: only these may be
 * compared.
 */
export function libraryPoints(file: string): Map<string, CalibrationPoint[]> {
  const { runs } = z
    .object({ runs: z.array(calibrationRunSchema) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  const groups = groupBy(
    runs,
    ({ network, complexityRecipe, recipe }) =>
      `${network.family} ${network.width}, complexity ${complexityRecipe}, training ${JSON.stringify(recipe)}`,
  );
  return new Map(
    [...groups].map(([name, group]) => {
      const [{ network, complexityRecipe }] = group;
      const { family, width } = network;
      return [
        name,
        calibrationPoints(group, { family, width, complexityRecipe, parametersOf: sizeOf(group) }),
      ];
    }),
  );
}

/** Parameters by factor, from the largest network at hand: they grow with the square of the factor. */
function sizeOf(runs: readonly CalibrationRun[]): (alpha: number) => number {
  const bases = runs.map(({ parameters, network: { factor } }) =>
    typeof factor === 'number' ? parameters / factor ** 2 : parameters,
  );
  return (alpha) => Math.max(...bases) * alpha ** 2;
}
