import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';

/** File name of the compiled addon in its folder. */
export const ADDON_FILE = 'tfjs_binding.node';
const RECORD_FILE = 'tensorflow.json';

const device = 'tensorflow' as const;

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
  if (!existsSync(path)) throw new DeviceUnavailableError('tensorflow-not-set-up', { device });
  const record = parse(path);
  const { platform, arch, libraries } = record;
  if (platform !== process.platform || arch !== process.arch) {
    const machine = `${process.platform} ${process.arch}`;
    const facts = { device, builtFor: `${platform} ${arch}`, machine };
    throw new DeviceUnavailableError('tensorflow-for-other-machine', facts);
  }
  const addon = join(folder, ADDON_FILE);
  if (!existsSync(addon))
    throw new DeviceUnavailableError('tensorflow-addon-missing', { device, file: addon });
  const gone = libraries.find((library) => !existsSync(library));
  if (gone !== undefined) throw new DeviceUnavailableError('tensorflow-library-gone', { device, file: gone });
  return record;
}

function parse(path: string): AddonRecord {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new DeviceUnavailableError('tensorflow-record-unreadable', { device, file: path }, { cause });
  }
}
