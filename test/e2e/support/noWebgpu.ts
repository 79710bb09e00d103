import { launchChromium } from '../../host/chromium.ts';

interface Page {
  readonly navigator: { readonly gpu?: { requestAdapter(): Promise<object | null> } };
}

/**
 * Why this machine's Chromium has no WebGPU, which is a reason to leave tests out and is printed; null when it has. The program takes no
 * part in the answer: one that is broken fails its tests.
 */
export async function noWebgpu(): Promise<string | null> {
  const reason = await look();
  if (reason !== null) console.log(`Left out: ${reason}`);
  return reason;
}

async function look(): Promise<string | null> {
  try {
    const browser = await launchChromium({ webgpu: true });
    try {
      const page = await browser.newPage();
      // Only a secure origin has navigator.gpu.
      await page.route('**/*', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>-</title>' }),
      );
      await page.goto('http://webgpu.localhost/');
      const offered = await page.evaluate(async () => {
        const { gpu } = (globalThis as unknown as Page).navigator;
        return ((await gpu?.requestAdapter()) ?? null) !== null;
      });
      return offered ? null : 'this Chromium offers no WebGPU adapter, not even a software one.';
    } finally {
      await browser.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
