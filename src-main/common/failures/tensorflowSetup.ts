import { choice, flag, list, text } from './fact.ts';
import { failure } from './failure.ts';
import { remedy } from './remedy.ts';

const MISMATCH = {
  header: 'a header is missing',
  processor: 'it is for another processor',
  function: 'a function of TensorFlow 2 is missing in it',
} as const;

const UNPACKED = {
  other: 'it has include/ and lib/), or the folder "tensorflow" of a Python that has it.',
  windows: 'it has include\\ and lib\\). Python packages for Windows have no library to build against.',
} as const;

/**
 * What can go wrong while TensorFlow is set up; nothing of an earlier set-up was changed. Only the command line sets it up, so
 * these words are for it alone.
 */
export const tensorflowSetupFailures = {
  'python-not-running': failure({
    exit: 'usage',
    facts: { python: text, reason: text },
    problem: ({ python, reason }) => `The Python "${python}" does not run: ${reason}`,
    remedy:
      'Give the path of a Python interpreter, such as --python tf/bin/python, or the folder of libtensorflow with --libtensorflow DIR.',
  }),
  'tensorflow-not-in-python': failure({
    exit: 'usage',
    facts: { python: text },
    problem: ({ python }) => `The Python "${python}" has no package tensorflow.`,
    remedy:
      'Give the Python that has it (--python), or install it in a virtual environment, such as: ' +
      'python3 -m venv tf && tf/bin/pip install "tensorflow[and-cuda]".',
  }),
  'no-tensorflow-for-system': failure({
    exit: 'usage',
    facts: { system: text },
    problem: ({ system }) => `There is no libtensorflow for this operating system (${system}).`,
    remedy: 'Train with --device native.',
  }),
  'libtensorflow-incomplete': failure({
    exit: 'usage',
    facts: { folder: text, missing: list(text), system: choice('windows', 'other') },
    problem: ({ folder, missing }) =>
      `${folder} holds no usable libtensorflow: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    remedy: ({ system }) => `Give the folder into which libtensorflow was unpacked (${UNPACKED[system]}`,
  }),
  'no-compiler': failure({
    exit: 'usage',
    facts: { started: flag, reason: text },
    problem: ({ started, reason }) =>
      `The addon cannot be compiled: ${started ? `CMake says "${reason}"` : `cmake does not run (${reason})`}.`,
    remedy:
      'Install CMake 3.20 or newer and a C++17 compiler (Debian: cmake g++ make; macOS: xcode-select --install, and CMake; ' +
      'Windows: Visual Studio Build Tools with the C++ workload), then run this command again.',
  }),
  'addon-sources-missing': failure({
    exit: 'usage',
    facts: { missing: text },
    problem: ({ missing }) =>
      `${missing} is missing: the sources of the addon come with a checkout's packages.`,
    remedy:
      'Run this command in a checkout of CC-Net Workstation after npm ci (npm 11 or newer). The desktop app finds the result.',
  }),
  'libtensorflow-mismatch': failure({
    exit: 'usage',
    facts: { library: text, why: choice('header', 'processor', 'function'), said: text, log: text },
    problem: ({ library, why, said }) => `The addon does not fit ${library}: ${MISMATCH[why]} (${said}).`,
    remedy: ({ log }) =>
      `Take a TensorFlow 2 for this operating system and processor, of which headers and library have one version. All of the compiler's output: ${log}`,
  }),
  'addon-build-failed': failure({
    exit: 'usage',
    facts: { reason: text, log: text },
    problem: ({ reason }) => `The addon did not compile: ${reason}`,
    remedy: ({ log }) => `All of the compiler's output: ${log}`,
  }),
  'addon-ended-process': failure({
    exit: 'usage',
    facts: { ended: text },
    problem: ({ ended }) => `The addon was built and then refused: TensorFlow ended its process (${ended}).`,
    remedy:
      'The processor may lack instructions that this TensorFlow needs, or its libraries do not fit together. Take another build of TensorFlow.',
  }),
  /** The device said so; the remedy is the device's. */
  'addon-refused': failure({
    exit: 'usage',
    facts: { reason: text, remedy },
    problem: ({ reason }) => `The addon was built and then refused: ${reason}`,
    remedy: (facts) => facts.remedy,
  }),
};
