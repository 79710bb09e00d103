/**
 * Packs the built program with a stand-in for Electron and lists what is in the package: `npm run package`. Installers are made
 * where Electron can be fetched, by `npm run package:installers`.
 */
import { join } from 'node:path';
import { packageContent } from './packaging/packageContent.ts';
import { packHere, root } from './packaging/packHere.ts';
import { whyInPackage } from './packaging/whyInPackage.ts';

const LARGEST = 10;
const LIMIT_MB = 120;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(6);

const { resources } = packHere(join(root, 'release'));
const files = packageContent(resources);
const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

console.log(
  `${resources}\n${files.length} files, ${megabytes(total).trim()} MB without Electron itself (limit ${LIMIT_MB} MB)\n`,
);
console.log(`The ${LARGEST} largest:`);
for (const { path, bytes } of files.slice(0, LARGEST)) {
  console.log(`${megabytes(bytes)} MB  ${path}\n           ${whyInPackage(path) ?? 'NO REASON KNOWN'}`);
}

const byReason = Map.groupBy(files, ({ path }) => whyInPackage(path) ?? 'NO REASON KNOWN');
console.log('\nBy purpose:');
for (const [reason, group] of byReason) {
  console.log(`${megabytes(group.reduce((sum, { bytes }) => sum + bytes, 0))} MB  ${reason}`);
}

const unexplained = files.filter(({ path }) => whyInPackage(path) === null);
for (const { path } of unexplained) console.error(`Nobody knows why this is in the package: ${path}`);
if (unexplained.length > 0 || total > LIMIT_MB * 1e6) process.exitCode = 1;
