import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { EXCLUSIONS } from './exclusions.ts';
import { CORE_DIST, coreFile, loadCoreAsModules } from './loadCoreAsModules.ts';

/** The part of jasmine-core that is used here; the package carries no types. */
interface Jasmine {
  readonly jasmine: { getEnv(): JasmineEnvironment };
  readonly installGlobals: () => void;
}

interface JasmineEnvironment {
  configure(options: {
    random?: boolean;
    forbidDuplicateNames?: boolean;
    specFilter?: (spec: { getFullName(): string }) => boolean;
  }): void;
  addReporter(reporter: { specDone(result: SpecResult): void }): void;
  execute(): Promise<unknown>;
}

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

export interface FailedSpec {
  readonly name: string;
  readonly messages: readonly string[];
}

/** What the conformance tests said. */
export interface ConformanceResult {
  /** Specs that were run and not excluded: passed + failed. */
  readonly run: number;
  readonly passed: number;
  readonly failed: readonly FailedSpec[];
  /** Number of excluded specs by reason: a missing kernel, or the spec itself. */
  readonly excluded: ReadonlyMap<string, number>;
  readonly seconds: number;
}

const MISSING = /Kernel '(\w+)' not registered/;

/**
 * Runs the tests that TensorFlow.js's core carries for backends (`dist/ops/*_test.js` and those beside them) against the backend on
 * TensorFlow, in this process, which must not have loaded TensorFlow.js before.
 * @param files runs only test files whose name contains this text.
 */
export async function runConformance(files = ''): Promise<ConformanceResult> {
  loadCoreAsModules();
  const { jasmine, installGlobals } = createRequire(import.meta.url)('jasmine-core') as Jasmine;
  installGlobals();
  const { getKernel } = await import('@tensorflow/tfjs-core');
  const { loadTensorflow, TENSORFLOW_BACKEND } =
    await import('../../../../src-main/engine/tensorflow/loadTensorflow.ts');
  loadTensorflow();
  const { kernels, limits, specs } = EXCLUSIONS;
  const stale = Object.keys(kernels).filter((name) => getKernel(name, TENSORFLOW_BACKEND));
  if (stale.length > 0) throw new Error(`These kernels are registered, yet excluded: ${stale.join(', ')}.`);

  const environment = jasmine.getEnv();
  // Several of core's files describe suites of the same name.
  environment.configure({ random: false, forbidDuplicateNames: false });
  await loadSpecs(TENSORFLOW_BACKEND, files);
  const excluded = new Map<string, number>();
  const failed: FailedSpec[] = [];
  let passed = 0;
  environment.configure({
    specFilter: (spec) => !Object.keys(specs).some((name) => spec.getFullName().startsWith(name)),
  });
  const limitOf = (messages: readonly string[]): string | undefined =>
    Object.keys(limits).find((limit) => messages.some((message) => message.includes(limit)));
  environment.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      const messages = failedExpectations.map(({ message }) => message);
      const missing = messages
        .map((message) => MISSING.exec(message)?.[1])
        .find((name) => name !== undefined);
      const named = Object.keys(specs).find((name) => fullName.startsWith(name));
      const reason =
        named !== undefined
          ? `${named}: ${specs[named]}`
          : missing !== undefined && missing in kernels
            ? `${missing}: ${kernels[missing]}`
            : limits[limitOf(messages) ?? ''];
      if (reason !== undefined) excluded.set(reason, (excluded.get(reason) ?? 0) + 1);
      else if (status === 'failed') failed.push({ name: fullName, messages });
      else if (status === 'passed') passed += 1;
    },
  });
  const start = performance.now();
  await environment.execute();
  const seconds = (performance.now() - start) / 1000;
  return { run: passed + failed.length, passed, failed, excluded, seconds };
}

async function loadSpecs(backend: string, files: string): Promise<void> {
  await import(coreFile('register_all_gradients.js'));
  await import(coreFile('public/chained_ops/register_all_chained_ops.js'));
  const { setTestEnvs } = (await import(coreFile('jasmine_util.js'))) as {
    setTestEnvs: (environments: object[]) => void;
  };
  setTestEnvs([{ name: backend, backendName: backend, flags: {}, isDataSync: true }]);
  const names = readdirSync(CORE_DIST, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /^(ops\/.*|\w+)_test\.js$/.test(name) && name.includes(files));
  for (const name of names.sort()) await import(coreFile(name));
}
