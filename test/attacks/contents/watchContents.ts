import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Change } from './changes.ts';
import type { Used } from './contents.ts';

/** What ended badly: a process that died or hung, or words that no person should see. */
export interface Finding {
  readonly number: number;
  readonly use: string;
  readonly change: Change;
  readonly ended: 'crashed' | 'hung' | Used['ended'];
  readonly words: string;
}

export interface ContentsOutcome {
  readonly tries: number;
  readonly uses: Readonly<Record<Finding['ended'], number>>;
  readonly findings: readonly Finding[];
  readonly slowestSeconds: number;
  readonly peakBytes: number;
}

/** Three times what a use is given before it is cancelled. */
const HUNG_MS = 60_000;
/** A process for so many tries, so that memory is counted anew. */
const A_PROCESS = 250;

interface Told {
  readonly begun?: { readonly number: number; readonly use: string; readonly change: Change };
  readonly used?: Used;
  readonly peakBytes?: number;
}

/** Attacks in processes of their own, which may die or hang. */
export async function watchContents(tries: number, seed: number): Promise<ContentsOutcome> {
  const uses = { worked: 0, refused: 0, cancelled: 0, fault: 0, steered: 0, crashed: 0, hung: 0 };
  const findings: Finding[] = [];
  let [slowestSeconds, peakBytes] = [0, 0];
  let from = 0;
  while (from < tries) {
    from = await new Promise<number>((settle, fail) => {
      const to = Math.min(tries, from + A_PROCESS);
      const words: string[] = [];
      const child = fork(
        join(import.meta.dirname, 'contentsWorker.ts'),
        [String(from), String(to), String(seed)],
        {
          silent: true,
        },
      );
      let begun: Told['begun'];
      let hung = false;
      let watch: NodeJS.Timeout | undefined;
      child.stderr?.on('data', (chunk: Buffer) => words.push(chunk.toString()));
      child.on('message', (told: Told) => {
        clearTimeout(watch);
        if (told.used) {
          begun = undefined;
          uses[told.used.ended] += 1;
          slowestSeconds = Math.max(slowestSeconds, told.used.seconds);
          if (told.used.ended === 'fault' || told.used.ended === 'steered') findings.push(told.used);
        }
        peakBytes = Math.max(peakBytes, told.peakBytes ?? 0);
        if (!told.begun) return;
        begun = told.begun;
        watch = setTimeout(() => {
          hung = true;
          child.kill('SIGKILL');
        }, HUNG_MS);
      });
      child.on('exit', (code) => {
        clearTimeout(watch);
        if (!begun) return code === 0 ? settle(to) : fail(new Error(words.join('')));
        const ended = hung ? 'hung' : 'crashed';
        uses[ended] += 1;
        findings.push({ ...begun, ended, words: words.join('').slice(-2000) });
        settle(begun.number + 1);
      });
    });
  }
  return { tries, uses, findings, slowestSeconds, peakBytes };
}
