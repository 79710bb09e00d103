/**
 * The whole check, in one command (`npm test`): format, lint, import rules, types, unused code, build, unit and integration
 * tests, TensorFlow.js's conformance tests where TensorFlow has been set up, the C++ under sanitizers, end-to-end tests.
 * `npm run check` runs what needs no build of the pages, and reuses what it found before; `node scripts/test.ts NAME...` runs
 * the named steps only.
 */
import { runSteps } from './testing/runSteps.ts';
import type { Step } from './testing/step.ts';
import { STEPS } from './testing/steps.ts';

const words = process.argv.slice(2);
const check = words.includes('--check');
const names = words.filter((word) => word !== '--check');
const unknown = names.find((name) => !STEPS.some((step) => step.name === name));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}". The steps are: ${STEPS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const inCheck = (step: Step): readonly Step[] =>
  step.check ? [{ ...step, args: [...step.args, ...step.check] }] : [];
const steps = (check ? STEPS.flatMap(inCheck) : STEPS).filter(
  ({ name }) => names.length === 0 || names.includes(name),
);

const results = await runSteps(steps, (text) => process.stdout.write(text));
const failures = results.filter(({ ok, failed }) => !ok || failed > 0);
const sum = (of: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[of], 0);
// Said again at the end, where a log that was cut still has it.
for (const { name, ending } of failures) if (ending) console.log(`\n--- how ${name} ended\n${ending}`);
if (failures.length > 0) console.log(`\nFailed: ${failures.map(({ name }) => name).join(', ')}`);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
