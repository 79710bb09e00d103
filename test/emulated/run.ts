/**
 * Runs test files with nothing but Node: `node test/emulated/run.ts FILE...`. Vitest needs compiled packages for the
 * processor that it runs on; this runs where there is only a Node, such as one for another processor under QEMU
 * (docs/engine.md). Exit code 1 when a test fails.
 */
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const standIn = new URL('vitestStandIn.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vitest' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const { runTests } = await import('./vitestStandIn.ts');

let failures = 0;
let passes = 0;
for (const file of process.argv.slice(2)) {
  await import(pathToFileURL(resolve(file)).href);
  const { passed, failed } = await runTests();
  for (const { name, error } of failed) console.log(`FAILED ${file}: ${name}\n  ${String(error)}`);
  console.log(`${file}: ${passed} passed, ${failed.length} failed`);
  passes += passed;
  failures += failed.length;
}
console.log(`${process.arch}: ${passes} passed, ${failures} failed`);
process.exitCode = failures > 0 || passes === 0 ? 1 : 0;
