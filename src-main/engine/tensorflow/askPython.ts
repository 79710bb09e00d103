import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';

/** Finds the package without importing it, which would take seconds; its build information is a small file of its own. */
const QUESTION = `
import importlib.util, json, os, runpy
spec = importlib.util.find_spec("tensorflow")
folder = os.path.dirname(spec.origin) if spec and spec.origin else None
cuda = None
if folder:
    try:
        build = runpy.run_path(os.path.join(folder, "python", "platform", "build_info.py"))["build_info"]
        cuda = bool(build.get("is_cuda_build"))
    except Exception:
        pass
print("CCNET" + json.dumps({"folder": folder, "cuda": cuda}))
`;

const answerSchema = z.object({ folder: z.string().nullable(), cuda: z.boolean().nullable() });

export interface PythonTensorflow {
  /** Folder of the package. */
  readonly folder: string;
  /** Whether it was built with CUDA; null when it does not say. */
  readonly cuda: boolean | null;
}

/**
 * Asks a Python where its TensorFlow is.
 * @param python interpreter: a path, or a name to be found in PATH
 * @throws python-not-running, and tensorflow-not-in-python when it has no TensorFlow
 */
export function askPython(python: string): PythonTensorflow {
  // From a folder of its own choice: Python would take a folder "tensorflow" in the current one for the package.
  const { error, status, stdout, stderr } = spawnSync(python, ['-c', QUESTION], {
    encoding: 'utf8',
    cwd: tmpdir(),
    windowsHide: true,
  });
  if (error) throw new CcnetError('python-not-running', { python, reason: error.message });
  const line = stdout.split('\n').find((text) => text.startsWith('CCNET'));
  if (status !== 0 || line === undefined) {
    const reason = stderr.trim().split('\n').at(-1) || 'it did not answer as a Python 3 does.';
    throw new CcnetError('python-not-running', { python, reason });
  }
  const { folder, cuda } = answerSchema.parse(JSON.parse(line.slice('CCNET'.length)));
  if (folder === null) throw new CcnetError('tensorflow-not-in-python', { python });
  return { folder, cuda };
}
