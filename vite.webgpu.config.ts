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
    // Whose work is in the bundle, and under which licence: it holds other people's code.
    license: { fileName: 'licences.txt' },
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      onwarn: (warning) => {
        throw new Error(warning.message);
      },
    },
  },
});
