import { join } from 'node:path';
import type { AddonSources } from './addonSources.ts';
import type { Libtensorflow } from './findLibtensorflow.ts';

/** The two calls of CMake that make the addon, and the file that they make. */
export interface AddonBuildPlan {
  readonly configure: readonly string[];
  readonly build: readonly string[];
  readonly output: string;
}

/** CMake takes forward slashes on every system and a backslash as an escape. */
const slashed = (path: string): string => path.replaceAll('\\', '/');

/**
 * Plans the build of the addon: sources of tfjs-node-gpu, Node-API headers from npm, the user's libtensorflow, in a folder of the user.
 * @param work folder for the compiler's files
 */
export function addonBuildPlan(
  sources: AddonSources,
  library: Libtensorflow,
  work: string,
  platform: NodeJS.Platform = process.platform,
): AddonBuildPlan {
  const definitions: Readonly<Record<string, string>> = {
    CMAKE_BUILD_TYPE: 'Release',
    TFJS_BINDING: sources.binding,
    NODE_API_INCLUDE: join(sources.nodeApi, 'include'),
    NODE_API_DEF: join(sources.nodeApi, 'def', 'node_api.def'),
    TENSORFLOW_INCLUDE: library.include,
    TENSORFLOW_LIBRARIES: library.linked.join(';'),
  };
  return {
    configure: [
      ...['-S', sources.project, '-B', work],
      ...Object.entries(definitions).map(([name, value]) => `-D${name}=${slashed(value)}`),
    ],
    build: ['--build', work, '--config', 'Release'],
    output: join(work, ...(platform === 'win32' ? ['Release'] : []), 'tfjs_binding.node'),
  };
}
