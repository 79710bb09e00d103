import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CcnetError } from '#common/errors.ts';
import { TENSORFLOW_PACKAGE } from './tensorflowPackage.ts';

/** Where the parts of the addon lie that do not depend on the libtensorflow. */
export interface AddonSources {
  /** Folder with our CMakeLists.txt. */
  readonly project: string;
  /** Folder with the addon's C++ files, from the optional package. */
  readonly binding: string;
  /** Node-API's headers, and its list of symbols for Windows. They come from an npm package: nothing is downloaded. */
  readonly nodeApi: string;
}

/** @throws addon-sources-missing in an installed app, or where optional packages were left out */
export function addonSources(): AddonSources {
  const project = ['../../../native/tensorflow', '../native/tensorflow', '../../native/tensorflow']
    .map((relative) => fileURLToPath(new URL(relative, import.meta.url)))
    .find((folder) => existsSync(join(folder, 'CMakeLists.txt')));
  if (project === undefined)
    throw new CcnetError('addon-sources-missing', { missing: 'native/tensorflow/CMakeLists.txt' });
  return {
    project,
    binding: join(packageFolder(TENSORFLOW_PACKAGE), 'binding'),
    nodeApi: packageFolder('node-api-headers'),
  };
}

function packageFolder(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw new CcnetError('addon-sources-missing', { missing: name });
  }
}
