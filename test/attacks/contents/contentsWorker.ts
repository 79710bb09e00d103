import { attackContents } from './contents.ts';

/** Tries of its own process, from one number to before another, told to the one that watches it. */
const [from = 0, to = 0, seed = 0] = process.argv.slice(2).map(Number);
const numbers = Array.from({ length: to - from }, (_, index) => from + index);
const tell = (message: unknown): void => void process.send?.(message);
await attackContents(
  numbers,
  seed,
  (used) => tell({ used, peakBytes: process.resourceUsage().maxRSS * 1024 }),
  (number, use, change) => tell({ begun: { number, use, change } }),
);
process.disconnect();
