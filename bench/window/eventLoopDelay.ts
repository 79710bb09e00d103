// Loaded into every process of the program (NODE_OPTIONS=--import): measures how late its event loop is, and on SIGUSR2 writes the
// figures to $CCNET_DELAYS/<pid>.json and starts anew. Not part of the product.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds that timers of one process came late since the figures were last taken. */
export interface EventLoopDelay {
  /** "main", or the role of a utility process. */
  readonly role: string;
  readonly median: number;
  readonly slow: number;
  readonly longest: number;
}

const RESOLUTION_MS = 5;
const folder = process.env['CCNET_DELAYS'];
if (folder !== undefined) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const role = process.argv.find((argument) => argument.startsWith('--role='))?.slice('--role='.length);
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  process.on('SIGUSR2', () => {
    const delay: EventLoopDelay = {
      role: role ?? 'main',
      median: late(histogram.percentile(50)),
      slow: late(histogram.percentile(99)),
      longest: late(histogram.max),
    };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(delay));
    histogram.reset();
  });
}
