import { canonicalJson } from '#common/canonicalJson.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { median } from '#common/statistics/median.ts';
import { nonNegativeRidge } from './nonNegativeRidge.ts';
import { type InputShape, stepWork, type StepWork, WORK_KINDS } from './stepWork.ts';

/** A measured training step (project.measurements), as far as the cost model needs it. */
export interface MeasuredStep {
  readonly network: NetworkSpec;
  readonly crop: number;
  readonly batch: number;
  readonly milliseconds: number;
}

/** Time of a training step on one machine and engine as a weighted sum of its work. */
export interface StepCost {
  /** Milliseconds per unit of each kind of work. */
  readonly rates: StepWork;
  /** Real durations lie between forecast / (1 + spread) and forecast * (1 + spread) about nine times in ten. */
  readonly spread: number;
  /** Milliseconds of the steps that were measured themselves, by stepKey. */
  readonly measured: ReadonlyMap<string, number>;
}

/**
 * Milliseconds per unit on one reference machine (2 cores, AVX-512). Only their proportions matter: they say how
 * time is divided as long as measurements do not, and the measurements always set the scale.
 */
const PROPORTIONS: StepWork = { fixed: 0.3, macs: 4e-8, values: 1e-6, parameters: 1e-5, inputs: 4e-5 };

/** Strength of the proportions: one measurement's worth when its relative error is 10 %. */
const RIDGE = 0.01;
/** Relative error beyond which a measurement counts for less: another program was running. */
const OUTLIER = 0.15;
const REWEIGHTINGS = 5;
/** Measurements that the error of the model can be estimated from; with fewer it is assumed. */
const ENOUGH = 4;
const ASSUMED_SPREAD = 0.5;
const LEAST_SPREAD = 0.15;
/** Older measurements than so many are left out: the product, and the machine, may have changed. */
const MOST = 40;

/**
 * Fits the cost of a training step to measured steps of one machine and engine: non-negative least squares on relative
 * errors, with outliers weighed down (Huber), and a weak pull towards known proportions, which makes it usable from the first
 * measurement on.
 * @param steps oldest first; a step measured again counts with its last measurement
 * @returns null without any measurement: the speed of this machine is then unknown
 */
export function fitStepCost(steps: readonly MeasuredStep[]): StepCost | null {
  const latest = new Map(steps.map((step) => [stepKey(step), step]));
  const used = [...latest.values()].slice(-MOST);
  if (used.length === 0) return null;
  const observations = used.map((step) => ({
    work: stepWork(step.network, shapeOf(step)),
    milliseconds: step.milliseconds,
  }));
  return {
    rates: fitRates(observations),
    spread: spreadOf(observations),
    measured: new Map([...latest].map(([key, { milliseconds }]) => [key, milliseconds])),
  };
}

/** Milliseconds of a step: as measured when this very step was, else by the model. */
export function stepMilliseconds(cost: StepCost, step: Omit<MeasuredStep, 'milliseconds'>): number {
  const known = cost.measured.get(stepKey(step));
  return known ?? weighted(cost.rates, stepWork(step.network, shapeOf(step)));
}

/** Milliseconds of an amount of work. */
export function weighted(rates: StepWork, work: StepWork): number {
  return WORK_KINDS.reduce((sum, kind) => sum + rates[kind] * work[kind], 0);
}

function stepKey({ network, crop, batch }: Omit<MeasuredStep, 'milliseconds'>): string {
  return canonicalJson([network, crop, batch]);
}

function shapeOf({ crop, batch }: Pick<MeasuredStep, 'crop' | 'batch'>): InputShape {
  return { batch, height: crop, width: crop };
}

interface Observation {
  readonly work: StepWork;
  readonly milliseconds: number;
}

function fitRates(observations: readonly Observation[]): StepWork {
  const scale = median(
    observations.map(({ work, milliseconds }) => milliseconds / weighted(PROPORTIONS, work)),
  );
  const rows = observations.map(({ work, milliseconds }) =>
    WORK_KINDS.map((kind) => (scale * PROPORTIONS[kind] * work[kind]) / milliseconds),
  );
  let weights = rows.map(() => 1);
  let shares: number[] = [];
  for (let round = 0; round < REWEIGHTINGS; round++) {
    const equations = rows.map((row, i) => ({ row, target: 1, weight: weights[i] ?? 1 }));
    shares = nonNegativeRidge(equations, WORK_KINDS.length, RIDGE);
    weights = rows.map((row) => {
      const error = Math.abs(row.reduce((sum, value, j) => sum + value * (shares[j] ?? 0), 0) - 1);
      return Math.min(1, OUTLIER / error);
    });
  }
  const [fixed = 0, macs = 0, values = 0, parameters = 0, inputs = 0] = WORK_KINDS.map(
    (kind, j) => scale * PROPORTIONS[kind] * (shares[j] ?? 0),
  );
  return { fixed, macs, values, parameters, inputs };
}

/** Relative error that nine of ten left-out measurements stay within. */
function spreadOf(observations: readonly Observation[]): number {
  if (observations.length < ENOUGH) return ASSUMED_SPREAD;
  const errors = observations
    .map(({ work, milliseconds }, left) => {
      const rates = fitRates(observations.filter((_, i) => i !== left));
      return Math.abs(Math.log(weighted(rates, work) / milliseconds));
    })
    .sort((a, b) => a - b);
  const ninth = errors[Math.ceil(0.9 * errors.length) - 1] ?? 0;
  return Math.max(LEAST_SPREAD, Math.exp(ninth) - 1);
}
