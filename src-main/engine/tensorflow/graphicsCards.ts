import { spawnSync } from 'node:child_process';

/** An NVIDIA card, as its driver tells. */
export interface GraphicsCard {
  readonly name: string;
  readonly memoryBytes: number;
}

const MEBIBYTE = 2 ** 20;
const QUERY = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];

/** The NVIDIA cards that the driver shows to this process, by the tool that comes with it; none without a driver. */
export function graphicsCards(
  ask = (): string => spawnSync('nvidia-smi', QUERY, { encoding: 'utf8', windowsHide: true }).stdout,
): GraphicsCard[] {
  const answer: string | null = ask();
  return (answer ?? '').split('\n').flatMap((line) => {
    const match = /^(.+), *(\d+)\s*$/.exec(line);
    return match?.[1] !== undefined ? [{ name: match[1], memoryBytes: Number(match[2]) * MEBIBYTE }] : [];
  });
}
