import { Menu } from 'electron';
import type { Notices } from '#contract/channels.ts';

type Item = Electron.MenuItemConstructorOptions;

/** Builds the menu; its own commands are told to the window, which acts as for its own buttons. */
export function applicationMenu(
  platform: NodeJS.Platform,
  development: boolean,
  tell: (command: Notices['command']) => void,
): Menu {
  const item = (label: string, command: Notices['command'], accelerator?: string): Item => ({
    id: command,
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => tell(command),
  });
  const mac = platform === 'darwin';
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,');
  const file: Item = {
    label: '&File',
    submenu: [
      item('New project…', 'new', 'CmdOrCtrl+N'),
      item('Open project…', 'open', 'CmdOrCtrl+O'),
      item('Close project', 'close', 'CmdOrCtrl+Shift+W'),
      { type: 'separator' },
      item('Add dataset…', 'add-dataset', 'CmdOrCtrl+D'),
      ...(mac ? [] : [{ type: 'separator' } as const, settings]),
      { type: 'separator' },
      { role: mac ? 'close' : 'quit' },
    ],
  };
  const view: Item = {
    label: '&View',
    submenu: [
      item('Jobs', 'jobs', 'CmdOrCtrl+J'),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(development ? [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  const own: Item = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      settings,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  return Menu.buildFromTemplate([
    ...(mac ? [own] : []),
    file,
    { role: 'editMenu' },
    view,
    { role: 'windowMenu' },
  ]);
}
