import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveApp } from '../../../src-main/shell/protocol/serveApp.ts';
import { WEBGPU_PAGE } from '../../../src-main/shell/protocol/appScheme.ts';
import { WEBGPU_PORT } from '#contract/webgpuPort.ts';
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
