import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDataset } from '../../../src-main/demo/generateDataset.ts';
import { IN_ELECTRON } from './program.ts';
import type { AppWindow } from './window.ts';

const REAL = resolve(fileURLToPath(new URL('../../../../shared/datasets/wbc-smear', import.meta.url)));

/** A folder to drop: a real dataset where it lies beside the repository, otherwise generated images. */
export async function folderToDrop(parent: string): Promise<string> {
  if (existsSync(REAL)) return REAL;
  const folder = join(parent, 'tissue');
  await generateDataset(folder, { tissue: 'glands', images: 14, side: 128, seed: 5 });
  return folder;
}

/** Drops a folder on the window, as the system would: the page gets a File, and preload alone its path. */
export function dropFolder(window: AppWindow, path: string): Promise<void> {
  return drop(window, [path], true);
}

/** Drops single files, as a selection in a file browser. */
export function dropFiles(window: AppWindow, paths: readonly string[]): Promise<void> {
  return drop(window, paths, false);
}

async function drop(window: AppWindow, paths: readonly string[], areFolders: boolean): Promise<void> {
  if (IN_ELECTRON) return dropInElectron(window, paths);
  await window.page.evaluate(
    ([dropped, isDirectory]) => {
      interface Item {
        getAsFile(): object;
        webkitGetAsEntry(): { isDirectory: boolean };
      }
      interface DropEvent {
        dataTransfer?: { types: string[]; items: Item[] };
      }
      const page = globalThis as unknown as {
        hostPathOf: (file: { name: string }) => string;
        File: new (parts: unknown[], name: string) => object;
        Event: new (type: string, options: object) => DropEvent;
        dispatchEvent(event: DropEvent): void;
      };
      page.hostPathOf = ({ name }) => dropped[Number(name)] ?? '';
      const event = new page.Event('drop', { bubbles: true, cancelable: true });
      const items = dropped.map((_, i): Item => {
        const file = new page.File([], String(i));
        return { getAsFile: () => file, webkitGetAsEntry: () => ({ isDirectory }) };
      });
      event.dataTransfer = { types: ['Files'], items };
      page.dispatchEvent(event);
    },
    [paths, areFolders] as const,
  );
}

/** Has Chromium take files from the system, in the middle of the window. */
async function dropInElectron({ page }: AppWindow, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 640,
      y: 430,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
    // What lies under the pointer changes when the page shows where to drop; Chromium drops on what it saw last.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  }
  await session.detach();
}
