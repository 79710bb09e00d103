import type { Finding } from '#common/dataset/dataset.ts';

/** Whether something that was noticed is mended by choosing planes of stacks. */
export function asksForPlanes(findings: readonly Pick<Finding, 'remedy'>[]): boolean {
  return findings.some(({ remedy }) =>
    [remedy].flat().some((part) => typeof part === 'object' && part.kind === 'choose-planes'),
  );
}
