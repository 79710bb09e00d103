import { defineConfig } from 'vite';

/** Bundles the page that computes on WebGPU into `dist/webgpu`. It runs without Node: what needs Node does not build. */
export default defineConfig({
  root: 'src-webgpu',
  base: './',
  build: {
    target: 'chrome140',
    outDir: '../dist/webgpu',
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    // Whose code is in the bundle, for scripts/make-licences.ts.
    license: { fileName: 'bundled.json' },
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      onwarn: (warning) => {
        throw new Error(warning.message);
      },
    },
  },
});
