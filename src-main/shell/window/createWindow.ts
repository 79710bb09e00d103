import { BrowserWindow, nativeTheme } from 'electron';
import { APP_PAGE } from '../protocol/appScheme.ts';
import { isolatedPage } from './isolatedPage.ts';

const BACKGROUND = { light: '#ffffff', dark: '#16181d' };

/** The one window: sandboxed, isolated, without Node; shown when its first picture is ready. */
export function createWindow(dist: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'CC-Net Workstation',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: isolatedPage(dist, 'preload.cjs'),
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(APP_PAGE);
  return window;
}
