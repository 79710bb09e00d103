import { type DeviceId, DEVICES } from '../device/deviceIds.ts';
import { DEVICE_WORDS } from '../device/deviceWords.ts';
import { choice, flag, number, optional, text } from './fact.ts';
import { failure } from './failure.ts';

/** A device at the beginning of a sentence. */
const named = (device: DeviceId): string => DEVICE_WORDS[device].replace(/^the/, 'The');
const unavailable = (device: DeviceId, reason: string): string =>
  `${named(device)} cannot be used: ${reason}`;

const USE_NATIVE = { kind: 'use-native' } as const;
const SET_UP_AGAIN = [USE_NATIVE, { kind: 'set-up-tensorflow', again: true }] as const;

const GRAPHICS_DRIVER =
  'If this computer has a graphics card, update its driver; on Linux, install its Vulkan driver.';

const device = choice(...DEVICES);
const tensorflow = { device: choice('tensorflow') };
const webgpu = { device: choice('webgpu') };

/** What can be wrong with what computes. The fact `device` says which one is to blame. */
export const deviceFailures = {
  'device-failed': failure({
    exit: 'internal',
    facts: { device, reason: text, outOfMemory: flag, training: optional(number) },
    problem: (facts) => `${named(facts.device)} failed: ${facts.reason}`,
    remedy: ({ device, outOfMemory, training }) => [
      ...(outOfMemory
        ? [
            `${device === 'native' ? 'The memory of this computer' : 'Its memory'} did not suffice: ` +
              'close what else uses it, or take a smaller batch or crop.',
          ]
        : []),
      training === null ? { kind: 'start-elsewhere' } : { kind: 'resume-elsewhere', training },
    ],
  }),
  'not-a-thread-count': failure({
    exit: 'usage',
    facts: { threads: number },
    problem: ({ threads }) => `${threads} is not a number of threads.`,
    remedy: 'Give a whole number from 1 to 1024.',
  }),
  'self-test-failed': failure({
    exit: 'usage',
    facts: { device, result: text },
    problem: ({ device }) => unavailable(device, 'its results differ from the reference.'),
    remedy: { kind: 'report-device' },
  }),
  'native-unloadable': failure({
    exit: 'usage',
    facts: { device: choice('native'), reason: text },
    problem: ({ device, reason }) =>
      unavailable(device, `the compiled part of the program does not load. ${reason}`),
    remedy: { kind: 'install-again' },
  }),
  'webgpu-package-missing': failure({
    exit: 'usage',
    facts: { ...webgpu, package: text, reason: text },
    problem: ({ device, package: name, reason }) =>
      unavailable(device, `the optional package ${name} is not installed or does not load: ${reason}`),
    remedy: [USE_NATIVE, { kind: 'install-again' }],
  }),
  'webgpu-no-adapter': failure({
    exit: 'usage',
    facts: webgpu,
    problem: ({ device }) => unavailable(device, 'WebGPU finds none on this computer.'),
    remedy: [USE_NATIVE, GRAPHICS_DRIVER],
  }),
  'webgpu-unusable': failure({
    exit: 'usage',
    facts: { ...webgpu, reason: text },
    problem: ({ device, reason }) => unavailable(device, reason),
    remedy: [USE_NATIVE, GRAPHICS_DRIVER],
  }),
  'tensorflow-not-set-up': failure({
    exit: 'usage',
    facts: tensorflow,
    problem: ({ device }) => unavailable(device, 'TensorFlow has not been set up for this user.'),
    remedy: [USE_NATIVE, { kind: 'set-up-tensorflow', again: false }],
  }),
  'tensorflow-record-unreadable': failure({
    exit: 'usage',
    facts: { ...tensorflow, file: text },
    problem: ({ device, file }) => unavailable(device, `${file} cannot be read as the record of its addon.`),
    remedy: SET_UP_AGAIN,
  }),
  'tensorflow-for-other-machine': failure({
    exit: 'usage',
    facts: { ...tensorflow, builtFor: text, machine: text },
    problem: ({ device, builtFor, machine }) =>
      unavailable(device, `its addon was built for ${builtFor}, and this is ${machine}.`),
    remedy: SET_UP_AGAIN,
  }),
  'tensorflow-addon-missing': failure({
    exit: 'usage',
    facts: { ...tensorflow, file: text },
    problem: ({ device, file }) => unavailable(device, `${file} is missing.`),
    remedy: SET_UP_AGAIN,
  }),
  'tensorflow-library-gone': failure({
    exit: 'usage',
    facts: { ...tensorflow, file: text },
    problem: ({ device, file }) =>
      unavailable(
        device,
        `${file}, which its addon was built with, is no longer there. It was moved, updated or removed.`,
      ),
    remedy: SET_UP_AGAIN,
  }),
  'tensorflow-addon-unloadable': failure({
    exit: 'usage',
    facts: { ...tensorflow, reason: text },
    problem: ({ device, reason }) => unavailable(device, `its addon does not load: ${reason}`),
    remedy: [...SET_UP_AGAIN, 'Take a TensorFlow that fits this machine.'],
  }),
  'tensorflow-package-missing': failure({
    exit: 'usage',
    facts: { ...tensorflow, package: text, reason: text },
    problem: ({ device, package: name, reason }) =>
      unavailable(device, `the optional package ${name} is not installed or does not load: ${reason}`),
    remedy: [USE_NATIVE, { kind: 'install-again' }],
  }),
  'tensorflow-not-starting': failure({
    exit: 'usage',
    facts: tensorflow,
    problem: ({ device }) => unavailable(device, 'TensorFlow does not start.'),
    remedy: USE_NATIVE,
  }),
  'tensorflow-without-gpu': failure({
    exit: 'usage',
    facts: { ...tensorflow, version: text, lacks: choice('cuda-build', 'cuda-libraries', 'driver') },
    problem: ({ device, version, lacks }) =>
      unavailable(device, `TensorFlow ${version} finds no GPU: ${NO_GPU[lacks]}.`),
    remedy: ({ lacks }) => [USE_NATIVE, GPU_REMEDY[lacks], { kind: 'allow-tensorflow-on-cpu' }],
  }),
};

const NO_GPU = {
  'cuda-build': 'it was built without CUDA',
  'cuda-libraries':
    'there is an NVIDIA card, but CUDA or cuDNN is missing, or is not the version that this TensorFlow needs',
  driver: 'no NVIDIA driver answers on this machine',
};

const GPU_REMEDY = {
  'cuda-build': { kind: 'set-up-tensorflow', again: true },
  'cuda-libraries': { kind: 'install-cuda' },
  driver: 'Install the driver of the card (nvidia-smi must list it).',
} as const;
