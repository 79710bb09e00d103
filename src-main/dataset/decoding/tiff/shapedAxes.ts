import { z } from 'zod';
import type { PageAxis } from './stackGrid.ts';

const shaped = z.object({
  shape: z.array(z.number().int().positive()).min(2),
  axes: z.string().optional(),
  truncated: z.boolean().optional(),
});

function shapeOf(description: string): z.infer<typeof shaped> | null {
  if (!/^\{.*"shape"/s.test(description)) return null;
  try {
    return shaped.safeParse(JSON.parse(description)).data ?? null;
  } catch {
    return null;
  }
}

/** The axes that tifffile writes for an array whose axes it was told ("ZCYX"); null for other descriptions, and for axes without a name here. */
export function shapedAxes(description: string): PageAxis[] | null {
  const { shape = [], axes = '' } = shapeOf(description) ?? {};
  if (axes.length !== shape.length) return null;
  const along: PageAxis[] = [];
  for (const [index, axis] of [...axes].entries()) {
    if (axis === 'Y' || axis === 'X' || axis === 'S') continue;
    if ((axis !== 'C' && axis !== 'Z' && axis !== 'T') || along.some(([one]) => one === axis)) return null;
    along.unshift([axis, shape[index] ?? 1]);
  }
  return along;
}

/** Values of an array of which tifffile wrote one directory for all pages; 0 where each page has its own. */
export function truncatedValues(description: string): number {
  const { shape = [], truncated = false } = shapeOf(description) ?? {};
  return truncated ? shape.reduce((product, size) => product * size, 1) : 0;
}
