import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../mutations/mutate.ts';
import { brokenClaims, type Claim } from './claims.ts';
import type { Cut } from './loopDevice.ts';
import type { RecordedCall } from './recordedCalls.ts';
import { type Ignored, StrictDisk, type Survival } from './strictDisk.ts';

export interface CutOptions {
  /** Cuts at moments in between, beside those after every report. */
  readonly between: number;
  readonly seed: number;
  readonly ignored?: Ignored;
}

/**
 * Cuts the power of a simulated disk that keeps only what a program asked it to keep: after every report with nothing, all and a part of
 * the rest, and at moments in between. Needs no rights.
 */
export function cutRecorded(
  calls: readonly RecordedCall[],
  { between, seed, ignored = null }: CutOptions,
): Cut[] {
  const random = seeded(seed);
  const moments = new Map<number, Survival[]>();
  calls.forEach(({ call }, index) => {
    if (call === 'report') moments.set(index, ['none', 'all', random]);
  });
  for (let cut = 0; cut < between; cut++) {
    const index = Math.floor(random() * calls.length);
    moments.set(index, [...(moments.get(index) ?? []), cut % 2 === 0 ? 'none' : random]);
  }
  const disk = new StrictDisk(ignored);
  const reports = calls.flatMap((call, index) => {
    return call.call === 'report' ? [{ index, claim: JSON.parse(call.text) as Claim }] : [];
  });
  const cuts: Cut[] = [];
  for (const [index, call] of calls.entries()) {
    disk.do(call);
    const claims = reports.filter((report) => report.index <= index).map(({ claim }) => claim);
    const next = reports[claims.length]?.claim;
    for (const survival of moments.get(index) ?? []) {
      const lost = claims.length === 0 ? [] : judged(disk, survival, claims, next);
      cuts.push({ after: `call ${index} (${call.call}), report ${claims.length}`, lost });
    }
  }
  return cuts;
}

/** What is under way may already be as it will be reported. */
function judged(
  disk: StrictDisk,
  survival: Survival,
  claims: readonly Claim[],
  next: Claim | undefined,
): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-cut-'));
  try {
    disk.cut(folder, survival);
    const lost = brokenClaims(folder, claims);
    return lost.length > 0 && next && brokenClaims(folder, [...claims, next]).length === 0 ? [] : lost;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
