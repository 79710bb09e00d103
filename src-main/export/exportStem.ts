import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileStem } from '#common/fileStem.ts';
import type { NetworkCard } from '#common/use/networkCard.ts';

/** What the files of a network are called: its dataset, the network and its run, "glands-unet64-1of8-run3". */
export function networkStem({
  dataset,
  network,
  run,
}: Pick<NetworkCard, 'dataset' | 'network' | 'run'>): string {
  const { family, width, factor } = network;
  return `${fileStem(dataset.name)}-${family}${width}-${factorName(factor)}-run${run}`;
}

function factorName(factor: number): string {
  const reciprocal = 1 / factor;
  return Math.abs(reciprocal - Math.round(reciprocal)) < 1e-6
    ? `1of${Math.round(reciprocal)}`
    : Number(factor.toPrecision(4)).toString();
}

/** Name of the page that tells how to use the files of a stem; it also tells whose they are. */
export const guideName = (stem: string): string => `${stem}.md`;

/** Line of the guide that tells two networks apart. */
export const identityLine = ({ weights }: Pick<NetworkCard, 'weights'>): string => `Weights: \`${weights}\``;

/**
 * The stem under which a network's files go into a folder: its own, with a number behind where another network has taken that, such
 * as run 1 of another project. Files of the same network are written again under the same names.
 */
export async function freeStem(folder: string, card: NetworkCard): Promise<string> {
  const stem = networkStem(card);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? stem : `${stem}-${number}`;
    const guide = await readFile(join(folder, guideName(candidate)), 'utf8').catch(() => null);
    if (guide === null || guide.includes(identityLine(card))) return candidate;
  }
}
