export interface Throttled<Value> {
  call(value: Value): void;
  /** Sends what still waits. */
  flush(): void;
}

/** Passes on at most one value every `milliseconds`; of those in between the last, a little later. */
export function throttle<Value>(milliseconds: number, send: (value: Value) => void): Throttled<Value> {
  let sentAt = Number.NEGATIVE_INFINITY;
  let waiting: { value: Value } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    sentAt = performance.now();
    send(value);
  };
  return {
    call(value) {
      waiting = { value };
      const wait = sentAt + milliseconds - performance.now();
      // A job that computes for long never reaches its timers, so time is looked at here as well.
      if (wait <= 0) flush();
      else timer ??= setTimeout(flush, wait);
    },
    flush,
  };
}
