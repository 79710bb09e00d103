import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createServer, type Plugin } from 'vite';
import { drawnPicture } from '../../test/renderer/drawnPicture.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Puts the played main process into the page before anything else, and draws the pictures that it names. */
function playedMainProcess(): Plugin {
  const install = `/@fs/${path('../../test/renderer/fake/install.ts').replaceAll('\\', '/').replace(/^\//, '')}`;
  return {
    name: 'played-main-process',
    transformIndexHtml: () => [
      { tag: 'script', children: 'window.fakeStart = {};', injectTo: 'head-prepend' },
      { tag: 'script', attrs: { type: 'module', src: install }, injectTo: 'head' },
    ],
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const picture = drawnPicture(request.url ?? '');
        if (!picture) return next();
        picture.then((png) => response.setHeader('content-type', 'image/png').end(png), next);
      });
    },
  };
}

/** A port that nothing listens on now. */
async function freePort(): Promise<number> {
  const probe = createNetServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the window's page from its sources, on loopback; a change shows at once.
 * @param fake with a main process that is played in the page
 */
export async function startPageServer({ fake }: { fake: boolean }): Promise<PageServer> {
  const port = await freePort();
  const server = await createServer({
    configFile: path('../../vite.renderer.config.ts'),
    root: path('../../src-renderer'),
    logLevel: 'warn',
    plugins: fake ? [playedMainProcess()] : [],
    cacheDir: path('../../node_modules/.cache/vite'),
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      // The page of a real program comes through that program's own server, but what tells it of changes from here.
      hmr: { host: '127.0.0.1', clientPort: port },
      fs: { allow: [path('../..')] },
    },
  });
  await server.listen();
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
