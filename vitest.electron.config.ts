import { defineConfig } from 'vitest/config';

/** The end-to-end tests that concern Electron, in the real one that CCNET_ELECTRON names (`npm run build` first). */
export default defineConfig({
  test: {
    include: ['test/e2e/electron/*.test.ts', 'test/e2e/{intake,jobs,mainJob,relocate,window}.test.ts'],
    globalSetup: ['test/electron/setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    // A second, which is usual, is nothing on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
