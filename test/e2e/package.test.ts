import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { type PackedFile, packageContent, unpackPackage } from '../../scripts/packaging/packageContent.ts';
import { type Packed, packHere } from '../../scripts/packaging/packHere.ts';
import { FUSE_SENTINEL } from '../../scripts/packaging/standInElectron.ts';
import { missingNotices, shippedNotices, shippedPackages } from '../../scripts/packaging/missingNotices.ts';
import { whyInPackage } from '../../scripts/packaging/whyInPackage.ts';
import { missingPackage } from '../engine/tensorflow/missingTensorflow.ts';
import { addDataset, newProject } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

// Elsewhere electron-builder packs in the workflow, with the real Electron, and the same checks after packing.
const onLinux = process.platform === 'linux';
const LIMIT_BYTES = 120e6;
const folder = mkdtempSync(join(tmpdir(), 'ccnet-package-'));
const unpacked = join(folder, 'unpacked');
let packed: Packed;
let files: PackedFile[];

beforeAll(() => {
  if (!onLinux) return;
  packed = packHere(join(folder, 'release'));
  files = packageContent(packed.resources);
  unpackPackage(packed.resources, unpacked);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(onLinux)('the package', () => {
  it('is smaller than 120 MB without Electron', () => {
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(LIMIT_BYTES);
  });

  it('holds nothing without a reason: no source, no map, no test, no network client', () => {
    expect(files.filter(({ path }) => whyInPackage(path) === null)).toEqual([]);
    const unwanted = /\.(ts|map|cc|cpp|h)$|(^|\/)(test|tests|src-main|src-renderer)\/|node-fetch/;
    expect(files.filter(({ path }) => unwanted.test(path))).toEqual([]);
  });

  it('says whose work is in it, of every package that is there and of none that is not', () => {
    expect(missingNotices(packed.resources, dirname(packed.executable))).toEqual([]);
    const told = shippedNotices(packed.resources).filter(({ inside }) => inside === null);
    const named = (list: readonly { name: string; version: string | null }[]): string[] =>
      list.map(({ name, version }) => `${name} ${version}`).sort();
    const others = told.filter(({ name }) => name !== 'CC-Net Workstation' && name !== 'electron');
    expect(named(others)).toEqual([...new Set(named(shippedPackages(packed.resources)))]);
    expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(['CC-Net Workstation', 'electron']));
  });

  it('names what is compiled or bundled into its files', () => {
    const inside = shippedNotices(packed.resources).filter((notice) => notice.inside !== null);
    for (const name of [
      'libvips',
      'SQLite',
      'XNNPACK',
      'Third-party works in ONNX Runtime',
      'node-addon-api',
      'svelte',
    ]) {
      expect(inside.map((notice) => notice.name)).toContain(name);
    }
  });

  it('has its binaries beside the archive, where the system can load them', () => {
    const binaries = files.filter(({ path }) => /\.(node|wasm)$|\.so(\.|$)/.test(path));
    expect(binaries.length).toBeGreaterThanOrEqual(5);
    expect(binaries.filter(({ unpacked: beside }) => !beside)).toEqual([]);
  });

  it.skipIf(missingPackage())(
    "carries TensorFlow's kernels, and neither an addon for them nor what downloads or compiles one",
    () => {
      const ofPackage = files.filter(({ path }) => path.includes('tfjs-node-gpu/')).map(({ path }) => path);
      expect(ofPackage).toContain('node_modules/@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js');
      expect(ofPackage.filter((path) => /\.node$|binding|install|_test\.js$/.test(path))).toEqual([]);
      expect(files.filter(({ path }) => /node-pre-gyp|adm-zip|libtensorflow/.test(path))).toEqual([]);
    },
  );

  it('sets the fuses: no plain Node, no NODE_OPTIONS, no inspector, only the checked archive', () => {
    const binary = readFileSync(packed.executable);
    const wire = binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length;
    const state = (fuse: number): string => String.fromCharCode(binary[wire + 2 + fuse] ?? 0);
    // In the order of Electron's FuseV1Options.
    const fuses = {
      runAsNode: 0,
      cookieEncryption: 1,
      nodeOptions: 2,
      inspect: 3,
      integrity: 4,
      onlyAsar: 5,
    };
    expect(Object.fromEntries(Object.entries(fuses).map(([name, fuse]) => [name, state(fuse)]))).toEqual({
      runAsNode: '0',
      cookieEncryption: '1',
      nodeOptions: '0',
      inspect: '0',
      integrity: '1',
      onlyAsar: '1',
    });
  });
});

describe.runIf(onLinux)('packing', () => {
  it('for a processor that the addon was not compiled for fails, and says what to do', () => {
    const other = process.arch === 'x64' ? 'arm64' : 'x64';
    expect(() => packHere(join(folder, 'other'), other)).toThrow(
      new RegExp(
        `would not start:[^]*our addon \\(native/build/ccnet.node\\) is for linux-${process.arch}, not for linux-${other}. Build it`,
      ),
    );
  }, 120_000);
});

describe.runIf(onLinux)('the program from its package, on plain Node', () => {
  it('answers on the command line', () => {
    const args = [join(unpacked, 'dist/cli.js'), 'network', 'unet', '--width', '64', '--json'];
    const answer: unknown = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    expect(answer).toContainEqual(expect.objectContaining({ alpha: 0.125, parameters: 487_538 }));
  });

  it('tells the terms of what is in it', () => {
    const terms = execFileSync(process.execPath, [join(unpacked, 'dist/cli.js'), 'licences', 'libvips'], {
      encoding: 'utf8',
    });
    expect(terms).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
  });

  it('says why TensorFlow cannot be used where it was not set up', () => {
    const answer: unknown = JSON.parse(
      execFileSync(
        process.execPath,
        [join(unpacked, 'dist/cli.js'), 'devices', '--device', 'tensorflow', '--json'],
        {
          encoding: 'utf8',
          env: { ...process.env, CCNET_TENSORFLOW_HOME: join(folder, 'none') },
        },
      ),
    );
    expect(answer).toMatchObject([
      { usable: false, failure: { code: 'tensorflow-not-set-up', facts: { device: 'tensorflow' } } },
    ]);
  });

  it('trains, verifies and exports a network through its window and workers', async () => {
    const program = startProgram({ main: join(unpacked, 'dist/main.js') });
    const window = await AppWindow.open(program);
    await newProject(program, window);
    const cells = await addDataset(program, window, 'cells');
    const glands = await addDataset(program, window, 'glands');
    const { exportFolder: out } = await window.call('app.info', undefined);
    const recipe = {
      ...DEFAULT_RECIPE,
      workingSide: 64,
      crop: 32,
      batch: 2,
      epochs: 2,
      stepsPerEpoch: 10,
      warmupSteps: 5,
    };
    const training = { recipe, device: 'native', threads: 1 } as const;
    const network = { family: 'unet', width: 4, alphas: [1, 0.5] } as const;
    const calibration = await window.call('jobs.start', {
      kind: 'calibrate',
      datasets: [cells],
      ...network,
      alphas: [...network.alphas],
      seeds: [1],
      ...training,
    });
    expect((await window.until(calibration.id, ({ finishedAt }) => finishedAt !== null)).error).toBeNull();
    const { id } = await window.call('jobs.start', {
      kind: 'compress',
      dataset: glands,
      ...network,
      alphas: [...network.alphas],
      limits: {},
      workingSide: 64,
      ...training,
      seed: 1,
      formats: ['onnx', 'tfjs'],
      out,
    });
    const job = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(job.error).toBeNull();
    expect(job.result).toMatchObject({ outcome: { files: [{ format: 'onnx' }, { format: 'tfjs' }] } });
  });
});
