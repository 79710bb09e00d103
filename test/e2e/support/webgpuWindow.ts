import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveApp } from '../../../src-main/shell/protocol/serveApp.ts';
import { WEBGPU_PAGE } from '../../../src-main/shell/protocol/appScheme.ts';
import { WEBGPU_PORT } from '../../../src-main/contract/webgpuPort.ts';
import type { WebgpuAdapter } from '../../../src-main/contract/webgpuCalls.ts';
import { WebgpuConnection } from '../../../src-main/workers/webgpuConnection.ts';
import { HiddenPage } from '../../host/hiddenPage.ts';
import { MessageChannelMain } from '../../host/messageChannelMain.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

export interface OpenedWindow {
  readonly page: HiddenPage;
  readonly connection: WebgpuConnection;
}

/** The built page that computes on WebGPU, in Chromium, with a channel to it. The caller closes the connection. */
export async function openWebgpuPage(): Promise<OpenedWindow> {
  const serve = serveApp({ page: join(dist, 'renderer'), webgpu: join(dist, 'webgpu') }, () =>
    Promise.resolve(404),
  );
  const page = new HiddenPage((url) => serve(new Request(url)), true);
  await page.open(WEBGPU_PAGE, join(dist, 'preloadWebgpu.cjs'));
  const { port1, port2 } = new MessageChannelMain();
  await page.hand(WEBGPU_PORT, port2);
  return { page, connection: new WebgpuConnection(port1) };
}

/** The adapter that this machine's Chromium offers, or why it offers none: a reason to leave tests out, which is printed. */
export async function adapterHere(): Promise<WebgpuAdapter | string> {
  try {
    const { connection } = await openWebgpuPage();
    try {
      return await connection.call('adapter', null);
    } finally {
      connection.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`Left out, no WebGPU here: ${reason}`);
    return reason;
  }
}
