/** Formats all C++ with clang-format, or with `--check` fails where it is not formatted: `node scripts/formatCpp.ts [--check]`. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const files = globSync(['native/**/*.{h,cpp}', 'test/native/**/*.cpp'], { exclude: ['native/build/**'] });
const how = process.argv.includes('--check') ? ['--dry-run', '-Werror'] : ['-i'];
const { status, error } = spawnSync('clang-format', [...how, ...files], { stdio: 'inherit' });
if (error) console.error(`clang-format could not be started: ${error.message}`);
process.exitCode = status ?? 1;
