import { join } from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';
import { missingNotices } from './missingNotices.ts';
import { nativeFaults } from './nativeFaults.ts';

/**
 * Called by electron-builder when a package's content is complete, before installers are made of it.
 * @throws Error naming every compiled file that is missing or made for another system, so that no broken installer is made; and
 *   everything whose terms are not in the package, so that none is made that may not be given away
 */
export async function afterPack({
  packager,
  appOutDir,
  arch,
  electronPlatformName,
}: AfterPackContext): Promise<void> {
  const resources = packager.getResourcesDir(appOutDir);
  const target = `${electronPlatformName}-${Arch[arch]}` as const;
  const faults = nativeFaults(join(resources, 'app.asar.unpacked'), target);
  if (faults.length > 0) {
    throw new Error(
      `The package for ${target} would not start:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
  }
  const missing = missingNotices(resources, electronPlatformName === 'darwin' ? resources : appOutDir);
  if (missing.length > 0) {
    throw new Error(
      `The package for ${target} does not say whose work is in it:\n${missing.map((one) => `- ${one}`).join('\n')}`,
    );
  }
}
