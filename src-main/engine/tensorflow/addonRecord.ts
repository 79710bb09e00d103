import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';

/** File name of the compiled addon in its folder. */
export const ADDON_FILE = 'tfjs_binding.node';
const RECORD_FILE = 'tensorflow.json';

/** How to make the addon, for people; the end of many remedies. */
export const SETUP = 'ccnet devices setup-cuda --python PYTHON (or --libtensorflow DIR)';

const recordSchema = z.object({
  platform: z.string(),
  arch: z.string(),
  /** Absolute paths of the shared libraries that the addon was linked with. */
  libraries: z.array(z.string()).min(1),
  /** Whether the library was built with CUDA, where it says so. */
  cuda: z.boolean().nullable(),
  /** The user agreed to a TensorFlow that computes on the processor. */
  allowCpu: z.boolean(),
  builtAt: z.string(),
});

/** What is known of a built addon. */
export type AddonRecord = z.infer<typeof recordSchema>;

export function writeAddonRecord(folder: string, record: AddonRecord): void {
  writeFileSync(join(folder, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * The record of the addon in a folder, after a look at whether everything that it names is still there.
 * @throws DeviceUnavailableError that says what is missing: never set up, addon gone, library moved, other kind of machine.
 */
export function readAddonRecord(folder: string): AddonRecord {
  const path = join(folder, RECORD_FILE);
  if (!existsSync(path)) {
    throw new DeviceUnavailableError(
      'tensorflow',
      'TensorFlow has not been set up for this user.',
      `Use --device native. For an NVIDIA GPU, run: ${SETUP}.`,
    );
  }
  const record = parse(path);
  const { platform, arch, libraries } = record;
  if (platform !== process.platform || arch !== process.arch) {
    throw again(
      `its addon was built for ${platform} ${arch}, and this is ${process.platform} ${process.arch}.`,
    );
  }
  if (!existsSync(join(folder, ADDON_FILE))) throw again(`${join(folder, ADDON_FILE)} is missing.`);
  const gone = libraries.find((library) => !existsSync(library));
  if (gone !== undefined) {
    throw again(
      `${gone}, which its addon was built with, is no longer there. It was moved, updated or removed.`,
    );
  }
  return record;
}

function parse(path: string): AddonRecord {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw again(`${path} cannot be read as the record of its addon.`, { cause });
  }
}

function again(reason: string, options?: ErrorOptions): DeviceUnavailableError {
  return new DeviceUnavailableError(
    'tensorflow',
    reason,
    `Use --device native, or run again: ${SETUP}.`,
    options,
  );
}
