/**
 * Pictures of every view over the fake main process, to look at while working on the window:
 * `node scripts/screenshots.ts FOLDER [--sizes 1280x800,1024x700] [--themes light,dark] [VIEW...]`; all sizes and themes, and all
 * views, unless told. Build the window first (`npm run build:renderer`).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openWindow } from '../test/renderer/openWindow.ts';
import { settled } from '../test/renderer/settled.ts';
import { VIEWS } from '../test/renderer/views.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '1024x700,1280x800,1920x1080' },
    themes: { type: 'string', default: 'light,dark' },
  },
});
const [folder = 'screenshots', ...wanted] = positionals;
const sizes = values.sizes.split(',').map((size) => {
  const [width = 1280, height = 800] = size.split('x').map(Number);
  return { width, height };
});
const themes = values.themes.split(',').map((theme) => (theme === 'dark' ? 'dark' : 'light'));

await mkdir(folder, { recursive: true });
const opened = await openWindow();
for (const view of VIEWS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  for (const theme of themes) {
    for (const size of sizes) {
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
