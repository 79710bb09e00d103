import { defineConfig } from 'vitest/config';

/** Tests on a real Slurm, started on this machine for them: `vitest run --config vitest.slurm.config.ts`. */
export default defineConfig({
  test: {
    include: ['test/slurm/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
