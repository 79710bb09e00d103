import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ADDON = 'native/build/ccnet.node';

/**
 * Loads the compiled Node-API addon, typed by the caller with the part of its exports that the caller uses.
 * Looks beside this file (a checkout) and beside the bundled entries in `dist/` (an installation).
 * @throws Error when the addon has not been built or does not load on this system.
 */
export function loadAddon<Exports>(): Exports {
  const candidates = ['../native/build/ccnet.node', '../../native/build/ccnet.node'].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Error(
      `The native addon ${ADDON} is missing. In a checkout, build it with: npm run build:native`,
    );
  }
  return createRequire(import.meta.url)(path) as Exports;
}
