import { availableParallelism, cpus } from 'node:os';

/** Tells machines of different speed apart, without naming the computer or its user: timings are valid on one only. */
export function thisMachine(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, ' ').trim() ?? 'unknown processor';
  return `${process.platform} ${process.arch}, ${model}, ${availableParallelism()} threads`;
}
