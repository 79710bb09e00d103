import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms whose tests leave nothing behind in their process, so that their files may run in one after another. */
const SHARING = [
  ...[
    'calibration',
    'cluster',
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
];

/** A replaced module stays replaced, or comes too late, in a process that has loaded it before: these run in one of their own. */
const MOCKING = globSync(`test/{${SHARING.join(',')}}/**/*.test.ts`).filter((file) =>
  /\bvi\.(?:mock|doMock)\(/.test(readFileSync(file, 'utf8')),
);

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
          include: [`test/!(e2e|slurm|${SHARING.join('|')})/**/*.test.ts`, ...MOCKING],
          exclude: configDefaults.exclude,
        },
      },
      {
        extends: true,
        test: {
          name: 'shared process',
          include: SHARING.map((room) => `test/${room}/**/*.test.ts`),
          exclude: [...configDefaults.exclude, ...MOCKING],
          isolate: false,
        },
      },
    ],
  },
});
