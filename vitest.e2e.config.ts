import { defineConfig } from 'vitest/config';

/** End-to-end tests over the built program (`npm run build` first). */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // In a real Electron: vitest.electron.config.ts.
    exclude: ['test/e2e/electron/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
