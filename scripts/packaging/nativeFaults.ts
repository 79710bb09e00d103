import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { binaryTargets, type Target } from './binaryTarget.ts';

interface Native {
  readonly what: string;
  /** Below the unpacked part of the archive; * stands for a version. */
  readonly files: string;
  readonly remedy: string;
}

/** The compiled files without which a package does not start, and how to get them. */
function natives(target: Target): Native[] {
  const [platform = '', arch = ''] = target.split('-');
  const install = `npm ci --os=${platform} --cpu=${arch}${platform === 'linux' ? ' --libc=glibc' : ''}`;
  const library = { win32: 'libvips-*.dll', darwin: 'libvips-cpp.*.dylib', linux: 'libvips-cpp.so.*' };
  // On Windows libvips lies beside its binding.
  const folder = platform === 'win32' ? `sharp-${target}` : `sharp-libvips-${target}`;
  return [
    {
      what: 'our addon',
      files: 'native/build/ccnet.node',
      remedy:
        platform === 'darwin'
          ? 'Build it for both processors: node scripts/build-native.ts --universal'
          : `Build it on a computer with ${target}: npm run build:native`,
    },
    {
      what: 'SQLite',
      files: `node_modules/better-sqlite3/prebuilds/${target}.node`,
      remedy: `Install again: ${install}`,
    },
    {
      what: "sharp's binding",
      files: `node_modules/@img/sharp-${target}/lib/sharp-${target}*.node`,
      remedy: `Install again: ${install}`,
    },
    {
      what: 'libvips',
      files: `node_modules/@img/${folder}/lib/${library[platform as keyof typeof library] ?? 'libvips*'}`,
      remedy: `Install again: ${install}`,
    },
  ];
}

/**
 * What is wrong with the compiled files of a package: missing, or made for another system or processor. A package with such a
 * fault would be installed and then not start.
 * @param unpacked the folder app.asar.unpacked
 * @returns one sentence with its remedy per fault
 */
export function nativeFaults(unpacked: string, target: Target): string[] {
  return natives(target).flatMap(({ what, files, remedy }) => {
    const found = existsSync(unpacked) ? globSync(files, { cwd: unpacked }) : [];
    if (found.length === 0) return [`${what} for ${target} is missing (${files}). ${remedy}`];
    return found.flatMap((file) => {
      const made = binaryTargets(join(unpacked, file));
      if (made.includes(target)) return [];
      return [
        `${what} (${file}) is for ${made.join(' and ') || 'no known system'}, not for ${target}. ${remedy}`,
      ];
    });
  });
}
