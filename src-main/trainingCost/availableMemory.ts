import { freemem, totalmem } from 'node:os';

/** Share of a Mac's memory that a process can get: macOS counts file caches as used and gives them back on demand. */
const MAC_SHARE = 0.75;

/** Bytes that this process can still allocate without swapping, limits of a container included. */
export function availableMemory(): number {
  if (process.platform === 'darwin')
    return Math.max(freemem(), MAC_SHARE * totalmem() - process.memoryUsage.rss());
  // Node before 20.13 does not have it, whatever the types say.
  return 'availableMemory' in process ? process.availableMemory() : freemem();
}
