import { shown } from '#common/shownText.ts';
import { resolve } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import { setupTensorflow, type TensorflowSetup } from '../../jobs/devices/setupTensorflow.ts';
import type { Command, Invocation } from '../command.ts';
import { textOption } from '../readOptions.ts';
import { deviceJson, deviceText } from './deviceText.ts';

/** @throws one-tensorflow-needed unless exactly one of the two is named */
function sourceOption(options: Invocation['options']): TensorflowSetup['source'] {
  const python = textOption(options, 'python');
  const folder = textOption(options, 'libtensorflow');
  if ((python === undefined) === (folder === undefined)) {
    throw new CcnetError('one-tensorflow-needed', { named: python === undefined ? 'none' : 'two' });
  }
  return python === undefined ? { folder: resolve(folder ?? '') } : { python };
}

export const setupCuda: Command = {
  name: 'devices setup-cuda',
  positionals: '',
  summary:
    'Makes an NVIDIA GPU usable for training (--device tensorflow): compiles a small addon against a TensorFlow that is already on this machine, ' +
    'tests it with a training step, and keeps it for this user. Needs CMake and a C++ compiler, no administrator and no network.',
  options: {
    python: { value: 'PYTHON', help: 'a Python interpreter that has the package tensorflow' },
    libtensorflow: { value: 'DIR', help: 'folder of libtensorflow, with include/ and lib/' },
    'allow-cpu': {
      help: 'accept a TensorFlow that finds no GPU; it then computes on the processor, slower than the native device',
    },
  },
  example: 'ccnet devices setup-cuda --python tf/bin/python',
  run: async ({ options, signal, onProgress }) => {
    const setup: TensorflowSetup = {
      source: sourceOption(options),
      allowCpu: options['allow-cpu'] === true,
      cli: process.argv[1] ?? '',
    };
    const json = await setupTensorflow(setup).run(signal, onProgress);
    const text = [
      deviceText(json.device),
      shown(
        `The addon is in ${json.folder}; it uses ${json.libraries.join(' and ')}, which must stay there.`,
      ),
      'Train on it with --device tensorflow.',
    ];
    return { json: { ...json, device: deviceJson(json.device) }, text: text.join('\n') };
  },
};
