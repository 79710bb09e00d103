/**
 * Gives the readers of images and masks files that were changed at random, and tells what they made of them: refused by a failure of
 * ours, read, thrown by something else (a fault of the program), or not done in time. The same seed makes the same files.
 *
 *   node scripts/fuzzReaders.ts [--files 5000] [--seed 1]
 *
 * Ends with 1 when a reader threw what is no failure, took too long, or handed out pixels that do not make up their size.
 */
import { parseArgs } from 'node:util';
import { fuzzReaders } from '../test/dataset/support/fuzzReaders.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
const started = performance.now();
const { files, refused, read, otherwise, faults, byFormat } = await fuzzReaders(
  Number(values.files),
  Number(values.seed),
);
for (const [format, count] of byFormat) {
  process.stdout.write(
    `${format}: ${count.files} files, ${count.refused} refused, ${count.read} read (${count.otherwise} to other pixels)\n`,
  );
}
process.stdout.write(
  `${files} files in ${((performance.now() - started) / 1000).toFixed(0)} s: ${refused} refused, ${read} read (${otherwise} to other pixels), ${faults.length} faults\n`,
);
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
