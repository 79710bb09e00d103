import type { Limits } from './prediction.ts';

/** The goal where none is asked for: keep 95 % of the full network's accuracy, as the published headlines do. */
export const DEFAULT_LIMITS = { retain: 0.95, safe: false } as const satisfies Limits;
