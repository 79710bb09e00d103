import type { Page } from 'playwright-core';

/** One input of the user and what the window made of it; all in milliseconds. */
export interface InputTiming {
  /** From the input's own time stamp to the end of the frame that its handlers led to. */
  readonly paint: number;
  /** From the input to the frame in which what it asked for is there, data of the main process included; null when nothing was named. */
  readonly there: number | null;
}

/**
 * Runs in the page before its own scripts. The time stamp is the browser's, taken when the input arrived there, so a page that
 * is busy is charged for the wait. A message posted in a frame's callback arrives after that frame was painted.
 */
const SCRIPT = `(() => {
  const afterPaint = (tell) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => tell(performance.now());
    channel.port2.postMessage(0);
  });
  const MODIFIERS = ['Alt', 'Shift', 'Control', 'Meta'];
  let armed = null;
  window.armInput = (types, isThere) => new Promise((resolve) => {
    armed = { types, isThere, resolve };
  });
  const note = (event) => {
    if (!armed || !armed.types.includes(event.type) || MODIFIERS.includes(event.key)) return;
    const { isThere, resolve } = armed;
    armed = null;
    const start = event.timeStamp;
    let paint = null;
    let there = isThere ? null : -1;
    const done = () => paint !== null && there !== null && resolve({ paint, there: there < 0 ? null : there });
    afterPaint((now) => { paint = now - start; done(); });
    if (isThere) {
      const look = () => {
        if (isThere()) return afterPaint((now) => { there = now - start; done(); });
        requestAnimationFrame(look);
      };
      look();
    }
  };
  for (const type of ['click', 'keydown', 'input', 'change', 'pointermove', 'wheel'])
    addEventListener(type, note, { capture: true, passive: true });
  window.slowestEvents = () => {
    const worst = window.eventDurations;
    window.eventDurations = 0;
    return worst;
  };
  window.eventDurations = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.interactionId) window.eventDurations = Math.max(window.eventDurations, entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
})()`;

/** Has the page measure its inputs. Call before it is loaded. */
export async function installInputTiming(page: Page): Promise<void> {
  await page.addInitScript(SCRIPT);
}

/** Performs `act` and times the first input event of one of the given types. @param there expression that is true in the page when what the input asked for is shown */
export async function timeInput(
  page: Page,
  types: readonly string[],
  act: () => Promise<unknown>,
  there = '',
): Promise<InputTiming> {
  // The promise stays in the page until the input has come: awaiting it here would wait for ever.
  const script = `(window.timing = window.armInput(${JSON.stringify(types)}, ${there === '' ? 'null' : `() => ${there}`}), null)`;
  await page.evaluate(script);
  await act();
  return page.evaluate<InputTiming>('window.timing');
}

/** Longest interaction since the last call, as the browser's Event Timing reports it: in steps of 8 ms, 0 when all were below 16 ms. */
export function slowestInteraction(page: Page): Promise<number> {
  return page.evaluate<number>('window.slowestEvents()');
}
