import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory of this process after collecting garbage, in MiB. */
export function usedMemory(): { held: number; resident: number } {
  collectGarbage();
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  return {
    /** JavaScript's objects and array buffers: exact. */
    held: (heapUsed + external) / 2 ** 20,
    /** The whole process without what V8 keeps for later: varies by some MiB with compiled code and fragments. */
    resident: (rss - heapTotal + heapUsed) / 2 ** 20,
  };
}
