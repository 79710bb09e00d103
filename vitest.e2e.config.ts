import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Those that take longest, minutes of one worker: begun first, so that no worker is left alone with one of them at the end. */
const LONGEST = ['window/accessibility', 'jobs', 'webgpu/training', 'window'].map(
  (name) => `test/e2e/${name}.test.ts`,
);

const place = ({ moduleId }: TestSpecification): number => {
  const index = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return index < 0 ? LONGEST.length : index;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** End-to-end tests over the built program (`npm run build` first). */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    // In a real Electron: vitest.electron.config.ts.
    exclude: ['test/e2e/electron/**'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // A second, which is usual, is nothing on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
