import { join } from 'node:path';

/**
 * What every window of the program keeps its page to: sandboxed, isolated, without Node.
 * @param preload file in `dist` that runs before the page
 */
export function isolatedPage(dist: string, preload: string): Electron.WebPreferences {
  return {
    preload: join(dist, preload),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    // The spelling checker fetches its dictionaries from the network.
    spellcheck: false,
    // Curves go on while the window is covered, and a hidden window is slowed down otherwise.
    backgroundThrottling: false,
  };
}
