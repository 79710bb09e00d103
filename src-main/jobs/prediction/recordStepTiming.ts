import type { EpochRecord } from '#common/training/training.ts';
import type { StepTiming } from '../../project/records/measurements.ts';
import type { Project } from '../../project/project.ts';

const KIBIBYTE = 1024;

/**
 * Stores what a step of a training took, reading and cutting of the images included: the median over its epochs, since the first
 * one also reads the images from the disk. It serves the forecasts to come.
 */
export function recordStepTiming(
  project: Project,
  step: Pick<StepTiming, 'engine' | 'network' | 'crop' | 'batch'>,
  history: readonly Pick<EpochRecord, 'imagesPerSecond'>[],
): void {
  const speeds = history.map(({ imagesPerSecond }) => imagesPerSecond).sort((a, b) => a - b);
  const speed = speeds[speeds.length >> 1];
  if (speed === undefined) return;
  project.measurements.setStepTiming({
    ...step,
    milliseconds: (1000 * step.batch) / speed,
    residentBytes: process.resourceUsage().maxRSS * KIBIBYTE,
  });
}
