import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile } from '@electron/asar';
import { type Notice, noticesSchema } from '#common/licences/notice.ts';
import { packageContent } from './packageContent.ts';

/** Files for people, beside the archive. */
const TEXTS = ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt'];
/** Electron's own, beside the program; on macOS among the resources. */
const OF_ELECTRON = ['LICENSE.electron.txt', 'LICENSES.chromium.html'];

const PACKAGE = /^(node_modules\/(?:.+\/node_modules\/)?((?:@[^/]+\/)?[^/]+))\/package\.json$/;

interface Shipped {
  readonly name: string;
  readonly version: string;
}

/** Packages that lie in an archive, whatever anybody believes to be there. */
export function shippedPackages(resources: string): readonly Shipped[] {
  const archive = join(resources, 'app.asar');
  return packageContent(resources).flatMap(({ path }) => {
    if (!PACKAGE.test(path)) return [];
    const { name, version } = JSON.parse(extractFile(archive, path).toString()) as Partial<Shipped>;
    // A package.json without a name only tells Node how to read the files beside it.
    return name === undefined || version === undefined ? [] : [{ name, version }];
  });
}

/** Notices in an archive. @throws Error when it has none */
export function shippedNotices(resources: string): readonly Notice[] {
  const file = extractFile(join(resources, 'app.asar'), 'dist/licences.json');
  return noticesSchema.parse(JSON.parse(file.toString()));
}

/**
 * What a package of the program does not say about whose work is in it.
 * @param resources its folder of resources
 * @param beside the folder in which Electron's own notices have to be
 * @returns one sentence per thing that is missing
 */
export function missingNotices(resources: string, beside: string): string[] {
  const notices = shippedNotices(resources);
  const told = new Set(notices.map(({ name, version }) => `${name} ${version ?? ''}`));
  const silent = shippedPackages(resources)
    .filter(({ name, version }) => !told.has(`${name} ${version}`))
    .map(({ name, version }) => `There is no notice of ${name} ${version}, which is in the package.`);
  const filled = (path: string): boolean => existsSync(path) && statSync(path).size > 0;
  const files = [
    ...TEXTS.map((name) => join(resources, name)),
    ...OF_ELECTRON.map((name) => join(beside, name)),
  ];
  const untold = filled(join(resources, 'THIRD-PARTY-NOTICES.txt'))
    ? missingFromText(notices, readFileSync(join(resources, 'THIRD-PARTY-NOTICES.txt'), 'utf8'))
    : [];
  return [
    ...silent,
    ...files.filter((path) => !filled(path)).map((path) => `${path} is missing.`),
    ...untold,
  ];
}

const missingFromText = ([, ...others]: readonly Notice[], text: string): string[] =>
  others
    .filter((notice) => !text.includes(notice.text))
    .map(({ name }) => `THIRD-PARTY-NOTICES.txt lacks the terms of ${name}.`);
