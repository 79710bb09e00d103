import type { Candidate } from '#common/prediction/prediction.ts';
import type { DataTable } from './dataTable.ts';

/** Every size of a prediction with what it costs, the smallest first. */
export function candidatesTable(candidates: readonly Candidate[]): DataTable {
  return {
    columns: [
      'factor',
      'parameters',
      'predicted_dice',
      'dice_low',
      'dice_high',
      'retained',
      'retained_low',
      'retained_high',
      'file_bytes',
      'activation_bytes',
      'latency_ms',
      'macs',
      'training_seconds',
      'training_peak_bytes',
    ],
    rows: [...candidates]
      .sort((a, b) => a.parameters - b.parameters)
      .map((one) => [
        one.alpha,
        one.parameters,
        one.predicted,
        one.low,
        one.high,
        one.retained,
        one.retainedLow,
        one.retainedHigh ?? null,
        one.fileBytes,
        one.activationBytes,
        one.latencyMs,
        one.macs,
        one.forecast?.seconds ?? null,
        one.forecast?.peakBytes ?? null,
      ]),
  };
}
