import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { EXIT } from '#common/exitCodes.ts';
import { SCALES } from '#common/use/inferenceScale.ts';
import { segmentationLines } from '../../use/segmentationSummary.ts';
import type { Command } from '../command.ts';
import { checked, deviceOption, numberOption, requiredOption, wordOption } from '../readOptions.ts';
import { runJob } from '../runJob.ts';

export const segment: Command = {
  name: 'segment',
  positionals: 'RUN|FILE.onnx IMAGES...',
  summary:
    'Segments new images with a trained network: masks at their own size, a table of areas and objects, and scores where drawn masks lie beside them.',
  options: {
    project: {
      value: 'FILE.ccnet',
      help: 'project of the run; not needed for an exported file',
    },
    out: {
      value: 'DIR',
      help: 'folder for the results: a new one, or that of an interrupted run, which goes on',
      required: true,
    },
    threshold: {
      value: 'P',
      help: 'foreground is where the probability is above',
      default: "the network's, 0.5",
    },
    scale: {
      value: 'RULE',
      help: 'size at which the network sees an image: side (the shorter side at the working resolution, as in training), training (by the factor of the training images, for larger or smaller images of the same objects), or auto',
      default: 'auto',
    },
    probabilities: { help: 'also write the probability of foreground, 0 to 255' },
    overlays: { help: 'also write pictures with the outlines of what was found' },
    threads: { value: 'N', help: 'threads of the native device', default: 'all cores' },
  },
  example: 'ccnet segment 3 new-images --out segmented --project lab.ccnet',
  run: async (invocation) => {
    const { options } = invocation;
    const [network = '', ...images] = invocation.positionals;
    if (network === '') {
      throw new CcnetError('argument-missing', {
        what: 'the number of a trained network (see ccnet run list) or an exported .onnx file',
      });
    }
    if (images.length === 0) throw new CcnetError('argument-missing', { what: 'images, a folder or a .zip' });
    const request = {
      ...inputsOf(images.map((path) => resolve(path))),
      ...deviceOption({ ...options, device: undefined }),
      out: resolve(requiredOption(options, 'out')),
      threshold: checked(
        z.number().gt(0).lt(1).nullable(),
        numberOption(options, 'threshold') ?? null,
        () => '--threshold',
      ),
      scale: wordOption(options, 'scale', SCALES, 'auto'),
      probabilities: options['probabilities'] === true,
      overlays: options['overlays'] === true,
    };
    const json = /^\d+$/.test(network)
      ? await runJob('segment', invocation, () => ({ ...request, network: Number(network) }))
      : await runJob('segment-with-file', invocation, () => ({ ...request, model: resolve(network) }));
    const text = [...segmentationLines(json), `Table: ${json.table}`, `Summary: ${json.summary}`].join('\n');
    return { json, text, ...(json.failed.length > 0 && { exitCode: EXIT.badData }) };
  },
};

/** One folder or .zip; or images, as files of the folder that holds them all. @throws source-not-found */
function inputsOf(paths: readonly string[]): { path: string; files?: string[] } {
  const [first = ''] = paths;
  for (const path of paths) {
    if (!statSync(path, { throwIfNoEntry: false })) throw new CcnetError('source-not-found', { path });
  }
  const isWhole = (path: string): boolean =>
    statSync(path).isDirectory() || path.toLowerCase().endsWith('.zip');
  if (paths.length === 1 && isWhole(first)) return { path: first };
  const whole = paths.find(isWhole);
  if (whole !== undefined) throw new CcnetError('folders-one-by-one', { path: whole });
  const folder = commonFolder(paths);
  return { path: folder, files: paths.map((path) => relative(folder, path).split(sep).join('/')) };
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '.');
  while (!paths.every((path) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))) {
    if (basename(folder) === '') break;
    folder = dirname(folder);
  }
  return folder;
}
