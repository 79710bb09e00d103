import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDataset } from '../../../src-main/demo/generateDataset.ts';
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
export async function dropFolder(window: AppWindow, path: string): Promise<void> {
  await window.page.evaluate((dropped) => {
    interface Item {
      getAsFile(): object;
      webkitGetAsEntry(): { isDirectory: boolean };
    }
    interface DropEvent {
      dataTransfer?: { types: string[]; items: Item[] };
    }
    const page = globalThis as unknown as {
      hostPathOf: () => string;
      File: new (parts: unknown[], name: string) => object;
      Event: new (type: string, options: object) => DropEvent;
      dispatchEvent(event: DropEvent): void;
    };
    page.hostPathOf = () => dropped;
    const file = new page.File([], 'dropped');
    const event = new page.Event('drop', { bubbles: true, cancelable: true });
    const item: Item = { getAsFile: () => file, webkitGetAsEntry: () => ({ isDirectory: true }) };
    event.dataTransfer = { types: ['Files'], items: [item] };
    page.dispatchEvent(event);
  }, path);
}
