import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How Electron's binary marks the bytes of its fuses: this text, a version, how many there are, then one character each. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

/** Built as Chromium's page of what it contains is. */
const STAND_IN_CREDITS = `<!doctype html><title>Credits</title>
<div class="product">
<span class="title">A &amp; B</span>
<span class="homepage"><a href="about:blank">homepage</a></span>
<div class="licence"><pre>Do what you like &lt;with it&gt;.</pre></div>
</div>
`;

/**
 * A folder that electron-builder takes for Electron, where the real one cannot be had: an executable that does nothing, with a
 * wire of fuses to be set. It proves what goes into a package and how its fuses are set, not that Electron starts it.
 */
export function standInElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, FUSES]),
    Buffer.from('0'.repeat(FUSES)),
  ]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), wire]));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), "Electron's licence (stand-in)\n");
  writeFileSync(join(folder, 'LICENSES.chromium.html'), STAND_IN_CREDITS);
}
