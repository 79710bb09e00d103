import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, ChannelName, NoticeName, Notices } from '#contract/channels.ts';
import { DROPPED_PATH } from './shell/ipc/droppedPath.ts';

/** Names of all channels and notices, put in by vite.preload.config.ts from the contract, so that no schema is needed here. */
declare const CHANNEL_NAMES: readonly ChannelName[];
declare const NOTICE_NAMES: readonly NoticeName[];

const calls = Object.fromEntries(
  CHANNEL_NAMES.map((name) => [
    name,
    (payload: unknown): Promise<unknown> => ipcRenderer.invoke(name, payload),
  ]),
);

const on: Bridge['on'] = <Name extends NoticeName>(
  wanted: Name,
  listener: (notice: Notices[Name]) => void,
) => {
  if (!NOTICE_NAMES.includes(wanted)) throw new Error(`There is no notice "${String(wanted)}".`);
  const receive = (_event: unknown, name: string, notice: Notices[Name]): void => {
    if (name === wanted) listener(notice);
  };
  ipcRenderer.on('notice', receive);
  return () => {
    ipcRenderer.removeListener('notice', receive);
  };
};

const pathOf: Bridge['pathOf'] = (file) => {
  const path = webUtils.getPathForFile(file);
  if (path !== '') ipcRenderer.send(DROPPED_PATH, path);
  return path;
};

contextBridge.exposeInMainWorld('ccnet', { ...calls, on, pathOf });
