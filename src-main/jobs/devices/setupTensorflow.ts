import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InspectedDevice } from '#common/device/device.ts';
import { addonBuildPlan } from '../../engine/tensorflow/addonBuildPlan.ts';
import { addonFolder } from '../../engine/tensorflow/addonFolder.ts';
import { ADDON_FILE, writeAddonRecord } from '../../engine/tensorflow/addonRecord.ts';
import { addonSources } from '../../engine/tensorflow/addonSources.ts';
import { askPython } from '../../engine/tensorflow/askPython.ts';
import { buildAddon } from '../../engine/tensorflow/buildAddon.ts';
import { findLibtensorflow } from '../../engine/tensorflow/findLibtensorflow.ts';
import { tryAddon } from '../../engine/tensorflow/tryAddon.ts';
import { renameOver } from '../../files/renameOver.ts';
import type { Job } from '../job.ts';

export interface TensorflowSetup {
  /** Where libtensorflow is: its folder, or a Python that has TensorFlow. */
  readonly source: { readonly folder: string } | { readonly python: string };
  /** Accept a TensorFlow that computes on the processor. */
  readonly allowCpu: boolean;
  /** File of the command line, with which the addon is tested in a process of its own. */
  readonly cli: string;
}

export interface TensorflowSetupResult {
  readonly folder: string;
  readonly libraries: readonly string[];
  readonly device: InspectedDevice;
}

const STAGES = ['Looking for libtensorflow', 'Compiling the addon', 'Testing it with a training step'];

/**
 * Builds TensorFlow's addon against a libtensorflow that is already on this machine, tests it, and puts it into the folder
 * of this user, where every start of the product finds it. An earlier addon stays until the new one has passed.
 */
export function setupTensorflow(setup: TensorflowSetup): Job<TensorflowSetupResult> {
  return {
    async run(signal, onProgress) {
      const stage = (done: number): void =>
        onProgress({
          stage: STAGES[done] ?? '',
          done,
          total: STAGES.length,
          unit: 'steps',
          secondsLeft: null,
        });
      stage(0);
      const python = 'python' in setup.source ? askPython(setup.source.python) : null;
      const named = 'folder' in setup.source ? setup.source.folder : (python?.folder ?? '');
      const library = findLibtensorflow(named);
      const folder = addonFolder();
      const candidate = `${folder}.new`;
      const log = join(dirname(folder), 'tensorflow-build.log');
      await rm(candidate, { recursive: true, force: true });
      await rm(log, { force: true });
      await mkdir(candidate, { recursive: true });
      try {
        stage(1);
        const plan = addonBuildPlan(addonSources(), library, join(candidate, 'cmake'));
        await buildAddon(plan, named, log, signal);
        await copyFile(plan.output, join(candidate, ADDON_FILE));
        await rm(join(candidate, 'cmake'), { recursive: true });
        writeAddonRecord(candidate, {
          platform: process.platform,
          arch: process.arch,
          libraries: [...library.libraries],
          cuda: python?.cuda ?? null,
          allowCpu: setup.allowCpu,
          builtAt: new Date().toISOString(),
        });
        stage(2);
        const device = await tryAddon(setup.cli, candidate);
        await rm(folder, { recursive: true, force: true });
        await renameOver(candidate, folder);
        return { folder, libraries: library.libraries, device };
      } finally {
        await rm(candidate, { recursive: true, force: true });
      }
    },
  };
}
