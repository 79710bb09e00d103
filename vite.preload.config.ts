import { defineConfig } from 'vite';
import { CHANNELS, NOTICES } from '#contract/channels.ts';

/**
 * Bundles preload into one CommonJS file, which is all that a sandboxed preload can be. It gets the contract's names as
 * constants; the schemas stay in the main process, which checks with them.
 */
export default defineConfig({
  define: {
    CHANNEL_NAMES: JSON.stringify(Object.keys(CHANNELS)),
    NOTICE_NAMES: JSON.stringify(NOTICES),
  },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist',
    emptyOutDir: false,
    minify: false,
    rollupOptions: {
      input: { preload: 'src-main/preload.ts', preloadWebgpu: 'src-main/preloadWebgpu.ts' },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
