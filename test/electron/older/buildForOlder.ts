import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, transformWithOxc } from 'vite';
import preloadConfig from '../../../vite.preload.config.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Builds the program for an Electron before 28, whose main process is CommonJS and whose preload has no webUtils: the checkout's
 * own main and preload, with what the older one lacks; pages and workers are those of the built program.
 * @param folder is made, and becomes the application's folder
 */
export async function buildForOlder(folder: string): Promise<void> {
  const dist = join(folder, 'dist');
  mkdirSync(dist, { recursive: true });
  for (const part of ['renderer', 'webgpu', 'worker.js', 'chunks'])
    symlinkSync(join(root, 'dist', part), join(dist, part));
  symlinkSync(join(root, 'assets'), join(folder, 'assets'));
  const { name, productName, version } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, productName, version, main: 'dist/main.cjs' }),
  );

  const output = { format: 'cjs', entryFileNames: '[name].cjs' } as const;
  const common = { ssr: true, outDir: dist, emptyOutDir: false, minify: false, target: 'node18' } as const;
  const whole: InlineConfig = { configFile: false, root, logLevel: 'warn', ssr: { noExternal: true } };
  await build({
    ...whole,
    define: { 'import.meta.dirname': '__dirname' },
    build: {
      ...common,
      rollupOptions: { input: { main: join(here, 'main.ts') }, external: ['electron'], output },
    },
  });

  const additions = join(here, 'additions.ts');
  const { code } = await transformWithOxc(readFileSync(additions, 'utf8'), additions);
  const entries = preloadConfig.build?.rollupOptions?.input as Record<string, string>;
  for (const [entry, file] of Object.entries(entries)) {
    await build({
      ...whole,
      define: { ...preloadConfig.define, ADDITIONS: JSON.stringify(code) },
      plugins: [olderElectron()],
      build: { ...common, rollupOptions: { input: { [entry]: join(root, file) }, output } },
    });
  }
}

/** Gives a preload Electron by way of electronInPreload.ts. */
function olderElectron(): NonNullable<InlineConfig['plugins']>[number] {
  const inPreload = join(here, 'electronInPreload.ts');
  return {
    name: 'older-electron',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source !== 'electron' ? null : importer === inPreload ? { id: source, external: true } : inPreload,
  };
}
