import type { Bridge } from '#contract/channels.ts';
import { fakeBridge, type FakeStart } from './fakeBridge.ts';

/** Entry of the script that tests put before the page's own: `window.ccnet` from `window.fakeStart`. */
const page = globalThis as { ccnet?: Bridge; fakeStart?: FakeStart };
page.ccnet = fakeBridge(page.fakeStart ?? {});
