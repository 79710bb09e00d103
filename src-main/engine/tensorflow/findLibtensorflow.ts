import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CcnetError } from '#common/errors.ts';

/** A libtensorflow to build against. */
export interface Libtensorflow {
  readonly include: string;
  /** Shared libraries that the addon needs when it runs, absolute. */
  readonly libraries: readonly string[];
  /** What the linker is given: the libraries, or on Windows their import libraries. */
  readonly linked: readonly string[];
}

interface Names {
  /** The library with the C interface; the first that is there counts. */
  readonly main: readonly string[];
  /** Its companion, where there is one. */
  readonly framework: readonly string[];
}

const NAMES: Partial<Record<NodeJS.Platform, Names>> = {
  // The "_cc" library is the one in Python's package; it has the C interface as well.
  linux: {
    main: ['libtensorflow.so.2', 'libtensorflow.so', 'libtensorflow_cc.so.2'],
    framework: ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  },
  darwin: {
    main: ['libtensorflow.2.dylib', 'libtensorflow.dylib', 'libtensorflow_cc.2.dylib'],
    framework: ['libtensorflow_framework.2.dylib', 'libtensorflow_framework.dylib'],
  },
  win32: { main: ['tensorflow.dll'], framework: [] },
};

/** Headers that the addon includes; a libtensorflow without them cannot be built against. */
const HEADERS = ['tensorflow/c/c_api.h', 'tensorflow/c/eager/c_api.h'];

/**
 * Looks for libraries and headers in a folder: what libtensorflow's archive unpacks to, its `lib` folder, Python's package
 * `tensorflow`, or the folder that holds that package.
 * @throws libtensorflow-incomplete, which names what is not there; no-tensorflow-for-system
 */
export function findLibtensorflow(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Libtensorflow {
  const names = NAMES[platform];
  if (!names) throw new CcnetError('no-tensorflow-for-system', { system: platform });
  const given = resolve(folder);
  const roots = [given, join(given, 'tensorflow'), dirname(given)];
  const find = (file: string): string | undefined =>
    roots.flatMap((root) => [join(root, 'lib', file), join(root, file)]).find((path) => existsSync(path));
  const main = names.main.map(find).find((path) => path !== undefined);
  const framework = names.framework.map(find).find((path) => path !== undefined);
  const include = roots
    .map((root) => join(root, 'include'))
    .find((candidate) => HEADERS.every((header) => existsSync(join(candidate, header))));
  const importLibrary = platform === 'win32' ? find('tensorflow.lib') : undefined;
  const missing = [
    ...(main === undefined ? [names.main.join(' or ')] : []),
    ...(include === undefined ? [`include/${HEADERS[0] ?? ''}`] : []),
    ...(platform === 'win32' && importLibrary === undefined ? ['tensorflow.lib'] : []),
  ];
  if (main === undefined || include === undefined || missing.length > 0) {
    const system = platform === 'win32' ? 'windows' : 'other';
    throw new CcnetError('libtensorflow-incomplete', { folder: given, missing, system });
  }
  const libraries = [main, ...(framework === undefined ? [] : [framework])];
  return { include, libraries, linked: importLibrary === undefined ? libraries : [importLibrary] };
}
