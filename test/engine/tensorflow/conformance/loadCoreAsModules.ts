import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** Folder of a package, found without its export map. */
function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

const CORE = join(packageFolder('@tensorflow/tfjs-core'), 'dist');
const CPU = join(packageFolder('@tensorflow/tfjs-backend-cpu'), 'dist');
const ENTRIES: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs-core': join(CORE, 'index.js'),
  '@tensorflow/tfjs-backend-cpu': join(CPU, 'index.js'),
};

/**
 * Makes Node load TensorFlow.js's core and cpu backend from the ES modules in their `dist/` folders, for every importer: the tests that core
 * carries import those, and a second copy of core (its CommonJS bundle) would have another kernel registry. The files
 * import each other without extension and their package does not call itself a module; two hooks mend that.
 * To be called before anything imports TensorFlow.js.
 */
export function loadCoreAsModules(): void {
  // jasmine_util.js of core asks for the constructor of an older Jasmine, only to set a default on it.
  const coreRequire = (name: string): unknown =>
    name.startsWith('jasmine-core/') ? { core: () => ({}) } : require(name);
  Object.assign(globalThis, { require: Object.assign(coreRequire, { resolve: require.resolve }) });
  registerHooks({
    resolve(specifier, context, next) {
      const entry = ENTRIES[specifier];
      if (entry !== undefined) return { url: pathToFileURL(entry).href, shortCircuit: true };
      const parent = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : '';
      if (isDist(parent) && specifier.startsWith('.')) {
        return {
          url: pathToFileURL(withExtension(join(dirname(parent), specifier))).href,
          shortCircuit: true,
        };
      }
      const resolved = next(specifier, context);
      return isDist(parent) && specifier === 'seedrandom' ? { ...resolved, format: 'module' } : resolved;
    },
    load(url, context, next) {
      if (!url.startsWith('file:')) return next(url, context);
      const path = fileURLToPath(url);
      if (isDist(path)) {
        return { format: 'module', source: readFileSync(path, 'utf8'), shortCircuit: true };
      }
      if (path.endsWith(join('tfjs-node-gpu', 'dist', 'nodejs_kernel_backend.js'))) {
        // Its class is older JavaScript, which cannot call the constructor of core's class in modern JavaScript.
        const source = readFileSync(path, 'utf8').replace(
          '_super.call(this) || this',
          'Reflect.construct(_super, [], new.target)',
        );
        return { format: 'commonjs', source, shortCircuit: true };
      }
      if (path.includes('seedrandom') && context.format === 'module') {
        // Core imports its members by name, which Node cannot see in this CommonJS module.
        const source =
          `const seedrandom = require(${JSON.stringify(path)});\n` +
          'export default seedrandom;\nexport const { alea, xor128, xorwow, xorshift7, xor4096, tychei } = seedrandom;';
        return { format: 'module', source, shortCircuit: true };
      }
      return next(url, context);
    },
  });
}

/** URL of one of core's files, named relative to its `dist/` folder. */
export function coreFile(relative: string): string {
  return pathToFileURL(join(CORE, relative)).href;
}

/** Core's `dist/` folder. */
export const CORE_DIST = CORE;

function isDist(path: string): boolean {
  return path.startsWith(CORE) || path.startsWith(CPU);
}

function withExtension(path: string): string {
  if (existsSync(`${path}.js`)) return `${path}.js`;
  return path.endsWith('.js') ? path : join(path, 'index.js');
}
