import { setImmediate } from 'node:timers/promises';

/** Lets timers, messages and finished reads through between two stretches of computation. */
export function yieldToEventLoop(): Promise<void> {
  return setImmediate();
}
