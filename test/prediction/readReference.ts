import { readFileSync } from 'node:fs';

interface Reference {
  readonly solve: number[];
  readonly logDensity: number;
  readonly ridge: number;
  readonly ridgeLeaveOneOutSquares: number;
  readonly isotonic: number[];
  readonly student: [level: number, freedom: number, quantile: number][];
  readonly modelAverage: number;
  readonly probeGain: number[];
  readonly probeCovariance: number[][];
}

/** Numbers of numpy, scipy and scikit-learn, made by reference.py. */
export function readReference(): Reference {
  return JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference;
}
