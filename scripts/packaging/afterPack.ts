import { join } from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';
import { nativeFaults } from './nativeFaults.ts';

/**
 * Called by electron-builder when a package's content is complete, before installers are made of it.
 * @throws Error naming every compiled file that is missing or made for another system, so that no broken installer is made
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
}
