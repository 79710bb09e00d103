import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms whose tests leave nothing behind in their process, so that their files may run in one after another. */
const SHARING = [
  ...[
    'calibration',
    'common',
    'complexity',
    'contract',
    'dataset',
    'host',
    'licences',
    'network',
    'packaging',
  ],
  ...['renderer', 'shell', 'testing', 'workers'],
].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    // Every worker loads the native addon, whose pool already uses all cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'own process',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/e2e/**', ...SHARING],
        },
      },
      { extends: true, test: { name: 'shared process', include: SHARING, isolate: false } },
    ],
  },
});
