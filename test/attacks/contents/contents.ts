import { copyFileSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CcnetError, failureOf } from '#common/errors.ts';
import { isShown } from '#common/shownText.ts';
import { seeded } from '../mutations/mutate.ts';
import { type Change, changeProject } from './changes.ts';
import { type Place, QUICK, Refused, USES } from './uses.ts';
import { wholeLab } from './wholeLab.ts';

/** What became of one use of one changed project. */
export interface Used {
  readonly number: number;
  readonly use: string;
  readonly change: Change;
  /** fault: no failure that the product knows, whose stack a terminal shows; shown: a terminal was steered. */
  readonly ended: 'worked' | 'refused' | 'cancelled' | 'fault' | 'steered';
  readonly words: string;
  readonly seconds: number;
}

/** A use that takes longer is cancelled, as a person would. */
const PATIENCE_MS = 20_000;

const HEAVY = Object.keys(USES).filter((use) => !QUICK.includes(use));
const HEAVY_A_TRY = 3;

/**
 * Changes one value of a whole project a try, and uses it in every quick way and in some of the others.
 * @param onBegin told before each use, so that whoever watches knows what ended the process
 */
export async function attackContents(
  numbers: readonly number[],
  seed: number,
  onEnd: (used: Used) => void,
  onBegin: (number: number, use: string, change: Change) => void = () => undefined,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-contents-'));
  try {
    const whole = await wholeLab(folder);
    const changed = join(folder, 'changed.ccnet');
    for (const number of numbers) {
      const random = seeded(seed * 7919 + number);
      copyFileSync(whole, changed);
      const change = changeProject(changed, random);
      const heavy = Array.from(
        { length: HEAVY_A_TRY },
        () => HEAVY[Math.floor(random() * HEAVY.length)] ?? '',
      );
      for (const use of [...QUICK, ...new Set(heavy)]) {
        onBegin(number, use, change);
        onEnd({ number, use, change, ...(await used(changed, use, folder)) });
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function used(
  changed: string,
  use: string,
  folder: string,
): Promise<Pick<Used, 'ended' | 'words' | 'seconds'>> {
  const place: Place = {
    path: join(folder, 'used.ccnet'),
    images: join(folder, 'cells'),
    out: join(folder, 'out'),
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  copyFileSync(changed, place.path);
  mkdirSync(place.out);
  const began = performance.now();
  const end = (ended: Used['ended'], words: string) => ({
    ended,
    words,
    seconds: (performance.now() - began) / 1000,
  });
  try {
    const said = await USES[use]?.(place);
    return steers(said ?? '') ? end('steered', said ?? '') : end('worked', '');
  } catch (error) {
    if (error instanceof Refused) return end(steers(error.message) ? 'steered' : 'refused', error.message);
    const { code } = failureOf(error);
    if (code === 'cancelled') return end('cancelled', '');
    const known = error instanceof CcnetError && code !== 'program-fault';
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return known ? end('refused', error.message) : end('fault', words);
  } finally {
    rmSync(place.out, { recursive: true, force: true });
    for (const beside of ['', '-journal', '.lock']) rmSync(place.path + beside, { force: true });
  }
}

const steers = (text: string): boolean => !isShown(text.replaceAll(/[\n\r\t]/g, ''));
