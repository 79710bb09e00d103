import { join } from 'node:path';
import { extractAll, listPackage, statFile } from '@electron/asar';

export interface PackedFile {
  /** Inside the package, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Lies beside the archive, because the system must load or map it. */
  readonly unpacked: boolean;
}

/** Every file of a package, largest first. */
export function packageContent(resources: string): PackedFile[] {
  const archive = join(resources, 'app.asar');
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .flatMap((path) => {
      const found = statFile(archive, path);
      return 'size' in found ? [{ path, bytes: found.size, unpacked: found.unpacked === true }] : [];
    })
    .sort((a, b) => b.bytes - a.bytes);
}

/** Unpacks a package, with the files beside its archive, so that plain Node can run it. */
export function unpackPackage(resources: string, folder: string): void {
  extractAll(join(resources, 'app.asar'), folder);
}
