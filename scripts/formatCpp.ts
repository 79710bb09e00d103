/**
 * Formats all C++ with clang-format (CCNET_CLANG_FORMAT names another program), or with `--check` fails where it is not formatted:
 * `node scripts/formatCpp.ts [--check]`.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const files = globSync(['native/**/*.{h,cpp}', 'test/native/**/*.cpp'], { exclude: ['native/build/**'] });
const how = process.argv.includes('--check') ? ['--dry-run', '-Werror'] : ['-i'];
const program = process.env['CCNET_CLANG_FORMAT'] ?? 'clang-format';
const { status, error } = spawnSync(program, [...how, ...files], { stdio: 'inherit' });
if (error) console.error(`${program} could not be started: ${error.message}`);
process.exitCode = status ?? 1;
