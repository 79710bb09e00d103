import { MAX_BYTES_AT_ONCE } from './limits.ts';

let inUse = 0;
const waiting: { bytes: number; start: () => void }[] = [];

/**
 * Runs `work`, which decodes images of so many bytes, when the images that are being worked on have left room for it: those of usual
 * size side by side, and an enormous one alone. First come, first served.
 */
export async function withDecodingMemory<Result>(
  bytes: number,
  work: () => Promise<Result>,
): Promise<Result> {
  if (inUse > 0 && (waiting.length > 0 || inUse + bytes > MAX_BYTES_AT_ONCE)) {
    await new Promise<void>((start) => waiting.push({ bytes, start }));
  } else inUse += bytes;
  try {
    return await work();
  } finally {
    inUse -= bytes;
    startWaiting();
  }
}

function startWaiting(): void {
  for (
    let next = waiting[0];
    next && (inUse === 0 || inUse + next.bytes <= MAX_BYTES_AT_ONCE);
    next = waiting[0]
  ) {
    waiting.shift();
    inUse += next.bytes;
    next.start();
  }
}
