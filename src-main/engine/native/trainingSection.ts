let depth = 0;

/** Runs `step` with the JavaScript kernels locked: a step that needs one throws SlowKernelError instead of crawling. */
export function trainingSection<T>(step: () => T): T {
  depth += 1;
  try {
    return step();
  } finally {
    depth -= 1;
  }
}

/** Whether a training section is running. */
export function inTrainingSection(): boolean {
  return depth > 0;
}
