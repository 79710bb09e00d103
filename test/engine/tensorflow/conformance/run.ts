/**
 * Judges the backend on the TensorFlow that this user has set up by TensorFlow.js's own tests for backends:
 * `node test/engine/tensorflow/conformance/run.ts [--files conv2d] [--json FILE]`. Exit code 1 when a spec fails.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runConformance } from './runConformance.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const { run, passed, failed, excluded, seconds } = await runConformance(values.files);

for (const { name, messages } of failed)
  console.log(`FAILED ${name}\n  ${messages.join('\n  ').slice(0, 600)}`);
const left = [...excluded].sort(([, a], [, b]) => b - a);
for (const [reason, count] of left) console.log(`excluded ${String(count).padStart(4)}  ${reason}`);
const excludedCount = left.reduce((sum, [, count]) => sum + count, 0);
console.log(
  `${run} run, ${passed} passed, ${failed.length} failed, ${excludedCount} excluded, ` +
    `${seconds.toFixed(0)} s`,
);
if (values.json !== undefined) {
  // The fields of Vitest's JSON report that scripts/test.ts adds up.
  const counts = { numPassedTests: passed, numFailedTests: failed.length, numExcludedTests: excludedCount };
  writeFileSync(values.json, JSON.stringify(counts));
}
process.exitCode = failed.length > 0 || run === 0 ? 1 : 0;
