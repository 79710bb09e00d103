import { defineConfig } from 'vite';

/** Bundles the Node-side entries into `dist/`; packages from node_modules and the native addon stay outside. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist',
    emptyOutDir: false,
    minify: false,
    // Whose code is in the bundle, for scripts/make-licences.ts.
    license: { fileName: 'bundled.json' },
    rollupOptions: {
      input: {
        cli: 'src-main/cli.ts',
        main: 'src-main/main.ts',
        trainer: 'src-main/trainer.ts',
        worker: 'src-main/worker.ts',
      },
      external: ['electron'],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
