/** Checks `.github/workflows` with actionlint, which has to be installed: `node scripts/lintWorkflows.ts`. */
import { spawnSync } from 'node:child_process';

const { status, error } = spawnSync('actionlint', [], { stdio: 'inherit' });
if (error) console.error(`actionlint could not be started: ${error.message}`);
process.exitCode = status ?? 1;
