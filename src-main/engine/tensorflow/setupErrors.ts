import { CcnetError, EXIT } from '#common/errors.ts';

/** TensorFlow could not be set up; nothing of an earlier set-up was changed. */
export class TensorflowSetupError extends CcnetError {
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, remedy, EXIT.usage, options);
  }
}

const WHEEL =
  'in a virtual environment, such as: python3 -m venv tf && tf/bin/pip install "tensorflow[and-cuda]"';

export class PythonMissingError extends TensorflowSetupError {
  constructor(python: string, reason: string) {
    super(
      `The Python "${python}" does not run: ${reason}`,
      'Give the path of a Python interpreter, such as --python tf/bin/python, or the folder of libtensorflow with --libtensorflow DIR.',
    );
  }
}

export class TensorflowNotInPythonError extends TensorflowSetupError {
  constructor(python: string) {
    super(
      `The Python "${python}" has no package tensorflow.`,
      `Give the Python that has it (--python), or install it ${WHEEL}.`,
    );
  }
}

export class LibraryMissingError extends TensorflowSetupError {
  constructor(folder: string, missing: readonly string[], remedy?: string) {
    super(
      `${folder} holds no usable libtensorflow: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      remedy ??
        'Give the folder into which libtensorflow was unpacked (it has include/ and lib/), or the folder "tensorflow" of a Python that has it.',
    );
  }
}

export class NoCompilerError extends TensorflowSetupError {
  constructor(reason: string) {
    super(
      `The addon cannot be compiled: ${reason}.`,
      'Install CMake 3.20 or newer and a C++17 compiler (Debian: cmake g++ make; macOS: xcode-select --install, and CMake; ' +
        'Windows: Visual Studio Build Tools with the C++ workload), then run this command again.',
    );
  }
}

export class AddonSourceMissingError extends TensorflowSetupError {
  constructor(what: string) {
    super(
      `${what} is missing: the sources of the addon come with a checkout's packages.`,
      'Run this command in a checkout of CC-Net Workstation after npm ci (npm 11 or newer). The desktop app finds the result.',
    );
  }
}

/** The library is there, but the addon does not fit it. */
export class LibraryMismatchError extends TensorflowSetupError {
  constructor(library: string, reason: string, log: string) {
    super(
      `The addon does not fit ${library}: ${reason}`,
      `Take a TensorFlow 2 for this operating system and processor, of which headers and library have one version. All of the compiler's output: ${log}`,
    );
  }
}

export class AddonBuildError extends TensorflowSetupError {
  constructor(reason: string, log: string) {
    super(`The addon did not compile: ${reason}`, `All of the compiler's output: ${log}`);
  }
}

/** The addon was built, but TensorFlow does not work with it on this machine. */
export class AddonRefusedError extends TensorflowSetupError {
  constructor(reason: string, remedy: string) {
    super(`The addon was built and then refused: ${reason}`, remedy);
  }
}
