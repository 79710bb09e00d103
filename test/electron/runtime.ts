import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildForOlder } from './older/buildForOlder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The first Electron whose main process can be an ES module. */
const MODULES = 28;

/** How the program is started in a real Electron. */
export interface Runtime {
  readonly executable: string;
  /** Arguments that name the program; none when the executable knows it. */
  readonly app: readonly string[];
  /** Major version of Electron. */
  readonly version: number;
}

/** The executable that CCNET_ELECTRON names: itself, or the one in that folder. @throws Error when there is none */
function executableOf(given: string): string {
  if (!existsSync(given)) throw new Error(`CCNET_ELECTRON is ${given}, which does not exist.`);
  if (statSync(given).isFile()) return given;
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron', 'dist/electron'];
  const [found] = [...names, 'dist/electron.exe', 'dist/Electron.app/Contents/MacOS/Electron']
    .map((name) => join(given, name))
    .filter((path) => existsSync(path) && statSync(path).isFile());
  if (found === undefined)
    throw new Error(
      `CCNET_ELECTRON is ${given}: no executable of a known name is in it. Name the executable.`,
    );
  return found;
}

/** @throws Error when it is no Electron, or one that cannot be asked */
function versionOf(executable: string): number {
  const { stdout, error } = spawnSync(executable, ['-p', 'process.versions.electron'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const version = Number.parseInt(stdout, 10);
  if (!(version > 0))
    throw new Error(`${executable} does not tell its version as an Electron does. ${error?.message ?? ''}`);
  return version;
}

/**
 * An Electron that is part of another program starts that one only. Makes one beside it, of the same files, that starts ours.
 * @returns its executable
 */
function withApp(executable: string, app: string, folder: string): string {
  const from = dirname(executable);
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== basename(executable) && name !== 'resources')
      symlinkSync(join(from, name), join(folder, name));
  symlinkSync(app, join(folder, 'resources/app'));
  // Not a symbolic link: it looks for everything else beside the file that it is.
  const own = join(folder, 'electron');
  try {
    linkSync(executable, own);
  } catch {
    copyFileSync(executable, own);
  }
  return own;
}

/**
 * Makes what it takes to start the built program in an Electron.
 * @param given the executable, or its folder
 * @param folder empty; keeps what had to be made, for as long as the runtime is used
 * @throws Error that says what is missing
 */
export async function prepareRuntime(given: string, folder: string): Promise<Runtime> {
  const missing = ['main.js', 'worker.js', 'renderer/index.html'].find(
    (file) => !existsSync(join(root, 'dist', file)),
  );
  if (missing) throw new Error(`dist/${missing} is missing. Build first: npm run build`);
  const executable = executableOf(given);
  const version = versionOf(executable);
  const older = version < MODULES;
  const app = older ? join(folder, 'app') : root;
  if (older) await buildForOlder(app);
  const general = [join(dirname(executable), 'resources'), join(dirname(executable), '../Resources')].some(
    (resources) => existsSync(join(resources, 'default_app.asar')),
  );
  return general
    ? { executable, app: [app], version }
    : { executable: withApp(executable, app, join(folder, 'electron')), app: [], version };
}
