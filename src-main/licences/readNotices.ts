import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Notice, noticesSchema } from '#common/licences/notice.ts';

/** Where the build put the notices: beside the bundle that asks, or above it, or, in a checkout, in `dist`. */
const PLACES = ['./licences.json', '../licences.json', '../../dist/licences.json'];

/**
 * Whose work this installation holds and under which terms, the program's own first; without what Electron brings.
 * @throws Error when the installation lacks the file
 */
export function readNotices(): readonly Notice[] {
  const path = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  if (path === undefined) {
    throw new Error(
      'This installation lacks licences.json, which the build writes. Install the product again.',
    );
  }
  return noticesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
