import { evenlySpaced } from '#common/evenlySpaced.ts';
import type { Finding, Sample } from '#common/dataset/dataset.ts';

type Shown = Pick<Sample, 'image' | 'masks'>;

/**
 * The samples that are shown with their masks, in their order: those of which a finding says that they are to be looked at so, then others
 * from all parts of the dataset.
 * @param most how many are shown
 */
export function previewSamples<One extends Shown>(
  samples: readonly One[],
  findings: readonly Finding[],
  most: number,
): One[] {
  const files = new Set(findings.filter(saysLook).map(({ file }) => file));
  const isNamed = ({ image, masks }: Shown): boolean =>
    files.has(image) || masks.some((mask) => files.has(mask));
  const pick = (from: readonly One[], count: number): One[] =>
    evenlySpaced(from.length, count).flatMap((index) => from[index] ?? []);
  const named = pick(samples.filter(isNamed), most);
  const others = pick(
    samples.filter((sample) => !isNamed(sample)),
    most - named.length,
  );
  const chosen = new Set([...named, ...others]);
  return samples.filter((sample) => chosen.has(sample));
}

function saysLook({ remedy }: Finding): boolean {
  const parts = typeof remedy === 'string' || 'kind' in remedy ? [remedy] : remedy;
  return parts.some((part) => typeof part !== 'string' && part.kind === 'look-at-overlay');
}
