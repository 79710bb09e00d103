/**
 * What this process must be given before TensorFlow's addon and the package tfjs-node-gpu 4.22 are loaded. Everything that
 * works around the package or the platform is in this file:
 * - Node 23 removed `util.isNullOrUndefined`, and warns of `util.isArray`; the package calls both (tensorflow/tfjs issue 8609).
 * - Windows looks for the DLLs of an addon in the addon's own folder and in PATH; there is no path inside the addon as on Linux
 *   and macOS, and the package's own way, a copy of the DLL, goes to the wrong folder (issue 8433).
 * - The package asks for the whole of TensorFlow.js, but its kernels use the core alone; the rest is not shipped.
 */
import { createRequire, registerHooks } from 'node:module';
import { delimiter, dirname } from 'node:path';
import util from 'node:util';

/** Puts the two functions that the package calls into node:util. They stay: it calls them at every operation. */
export function restoreRemovedFunctions(functions: Record<string, unknown>): void {
  functions['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  functions['isArray'] = (value: unknown) => Array.isArray(value);
}

/** PATH with the folders of the libraries in front, each once; unchanged on systems other than Windows. */
export function pathWithLibraries(
  path: string,
  libraries: readonly string[],
  platform: NodeJS.Platform = process.platform,
  folderOf: (file: string) => string = dirname,
  separator = delimiter,
): string {
  if (platform !== 'win32') return path;
  const present = path.split(separator);
  const added = [...new Set(libraries.map(folderOf))].filter((folder) => !present.includes(folder));
  return [...added, ...present].join(separator);
}

/** Environment that TensorFlow reads when it is loaded; what the user has set stands. */
export function tensorflowEnvironment(threads: number | undefined): Readonly<Record<string, string>> {
  return {
    // Errors only: the rest is about its own optimisations.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // Takes memory of the card as it is needed instead of all of it at once.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    // All of fp32's digits. Cards since 2020 otherwise multiply with ten bits of mantissa, and no self-test could tell that from a fault.
    NVIDIA_TF32_OVERRIDE: '0',
    ...(threads !== undefined && {
      TF_NUM_INTRAOP_THREADS: String(threads),
      TF_NUM_INTEROP_THREADS: '1',
    }),
  };
}

/** Prepares this process for the addon that was linked with these libraries. */
export function prepareProcess(libraries: readonly string[], threads: number | undefined): void {
  restoreRemovedFunctions(util);
  process.env['PATH'] = pathWithLibraries(process.env['PATH'] ?? '', libraries);
  for (const [name, value] of Object.entries(tensorflowEnvironment(threads))) process.env[name] ??= value;
}

/** Loads a file of the package with TensorFlow.js's core, this program's own copy, in the place of the whole library. */
export function requireWithCore(file: string): unknown {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      /^@tensorflow\/tfjs(-core)?$/.test(specifier)
        ? next('@tensorflow/tfjs-core', { ...context, parentURL: import.meta.url })
        : next(specifier, context),
  });
  try {
    return createRequire(import.meta.url)(file);
  } finally {
    hooks.deregister();
  }
}
