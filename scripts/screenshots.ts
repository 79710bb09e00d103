/**
 * Pictures of every view over the fake main process, in both themes and two sizes, to look at while working on the window:
 * `node scripts/screenshots.ts FOLDER [VIEW...]`. Build the window first (`npm run build:renderer`).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openWindow } from '../test/renderer/openWindow.ts';
import { settled } from '../test/renderer/settled.ts';
import { VIEWS } from '../test/renderer/views.ts';

const [folder = 'screenshots', ...wanted] = process.argv.slice(2);
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

await mkdir(folder, { recursive: true });
const opened = await openWindow();
for (const view of VIEWS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  for (const theme of ['light', 'dark'] as const) {
    for (const size of SIZES) {
      if (theme === 'dark' && size.width === 1024) continue;
      const page = await opened.open({ ...view.start, theme }, size);
      try {
        await view.go(page);
        await settled(page);
      } catch (error) {
        console.error(`${view.name}: ${String(error)}`);
      }
      await page.screenshot({ path: join(folder, `${view.name}-${theme}-${size.width}.png`) });
      await page.close();
    }
  }
  console.log(view.name);
}
await opened.close();
