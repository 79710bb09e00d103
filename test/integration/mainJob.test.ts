import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CalibrateResult } from '#contract/jobs/calibrateKind.ts';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import type { PredictResult } from '#contract/jobs/predictKind.ts';
import { generateDataset, type Tissue } from '../../src-main/demo/generateDataset.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { Checkpoints } from '../../src-main/project/records/checkpoints.ts';
import { Project } from '../../src-main/project/project.ts';
import { capture } from '../cli/capture.ts';

const TISSUES: readonly Tissue[] = ['cells', 'crowded-cells', 'membranes', 'glands'];
const TRAINING = ['--epochs', '3', '--steps', '25', '--batch', '4', '--crop', '32', '--working-side', '64'];
const NETWORK = ['--network', 'unet', '--width', '4', '--alphas', '1,1/2,1/4'];

/** Notes the number of every epoch that is trained from now on in this test, when its checkpoint has been stored. */
function trainedEpochs(onEpoch: (epoch: number) => void = () => undefined): number[] {
  vi.restoreAllMocks();
  const epochs: number[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the instance below
  const save = Checkpoints.prototype.save;
  vi.spyOn(Checkpoints.prototype, 'save').mockImplementation(function (this: Checkpoints, ...checkpoint) {
    save.apply(this, checkpoint);
    epochs.push(checkpoint[1].epoch);
    onEpoch(checkpoint[1].epoch);
  });
  return epochs;
}

describe('the main job, from folders of images to a verified network', () => {
  let folder: string;
  let project: string[];

  /** Runs a command that must succeed and gives its JSON document. */
  async function ccnet<Result>(...words: string[]): Promise<Result> {
    const { stdout, stderr, exitCode } = await capture([...words, '--json']);
    expect(`${exitCode} ${stderr}${exitCode === 0 ? '' : stdout}`).toBe('0 ');
    return JSON.parse(stdout) as Result;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ccnet-main-'));
    project = ['--project', join(folder, 'lab.ccnet')];
    for (const tissue of TISSUES) {
      await generateDataset(join(folder, tissue), { tissue, images: 8, side: 64, seed: 3 });
      await ccnet('dataset', 'add', join(folder, tissue), '--name', tissue, ...project);
    }
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => rm(folder, { recursive: true }));

  it('says what a calibration takes before it trains anything', async () => {
    const words = ['calibrate', 'cells', ...NETWORK, ...TRAINING, ...project, '--dry-run'];
    const result = await ccnet<CalibrateResult>(...words);
    expect(result).toMatchObject({ trained: 0, planned: 3, skipped: 0, runs: [] });
    const { stdout } = await capture(words);
    expect(stdout).toMatch(/^3 networks to train, 0 stored already; takes about .* of memory\.$/m);
  });

  it('refuses a training for which there is not enough memory, and says what fits', async () => {
    const huge = ['--width', '1024', '--crop', '2048', '--batch', '256'];
    const words = ['calibrate', 'cells', ...NETWORK, ...TRAINING, ...huge, ...project];
    const { stderr, exitCode } = await capture(words);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/width 1024 at factor 1 .* needs .* TB of memory; .* are free\./);
  });

  it('calibrates, and trains nothing twice', async () => {
    const datasets = TISSUES.slice(0, 3);
    const words = ['calibrate', ...datasets, ...NETWORK, ...TRAINING, ...project];
    const first = await ccnet<CalibrateResult>(...words);
    expect(first).toMatchObject({ trained: 9, skipped: 0 });
    expect(first.forecast?.seconds).toBeGreaterThan(0);
    expect(first.forecast?.peakBytes).toBeGreaterThan(2 ** 20);
    expect(first.runs.filter((run) => run.learnt).length).toBeGreaterThanOrEqual(6);
    const again = await ccnet<CalibrateResult>(...words);
    expect(again).toMatchObject({ trained: 0, skipped: 9, runs: first.runs, forecast: null });
  });

  it('predicts an unseen dataset with interval, error and baselines, and chooses', async () => {
    const result = await ccnet<PredictResult>(
      'predict',
      'glands',
      ...NETWORK,
      '--working-side',
      '64',
      '--retain',
      '0.5',
      ...project,
    );
    expect(result.points.map((point) => point.alpha)).toEqual([1, 0.5, 0.25]);
    for (const { predicted, low, high } of result.points) {
      expect(low).toBeLessThanOrEqual(predicted);
      expect(predicted).toBeLessThanOrEqual(high);
    }
    expect(result.error.datasets).toBe(3);
    const forecasts = result.candidates.map(({ forecast }) => forecast);
    for (const forecast of forecasts) {
      expect(forecast?.low).toBeLessThan(forecast?.seconds ?? 0);
      expect(forecast?.seconds).toBeLessThan(forecast?.high ?? 0);
    }
    expect(forecasts[0]?.peakBytes).toBeGreaterThan(forecasts[2]?.peakBytes ?? 0);
    expect(result.choice.kind).toBe('chosen');
  });

  it('ends with 4 and names the binding limit when nothing satisfies the limits', async () => {
    const words = ['predict', 'glands', ...NETWORK, '--working-side', '64', '--max-params', '10', ...project];
    const { stdout, exitCode } = await capture(words);
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/No network meets the limits: .*10/);
    expect(stdout).toMatch(/Nearest: factor/);
  });

  it('measures latency on this machine when a limit asks for it', async () => {
    const words = [
      'predict',
      'glands',
      ...NETWORK,
      '--working-side',
      '64',
      '--max-latency-ms',
      '100000',
      ...project,
    ];
    const { candidates } = await ccnet<PredictResult>(...words);
    for (const { latencyMs } of candidates) expect(latencyMs).toBeGreaterThan(0);
  });

  it('compresses: trains the choice, verifies both exports and writes the report', async () => {
    const out = join(folder, 'small');
    const words = [
      'compress',
      'glands',
      ...NETWORK,
      ...TRAINING,
      '--retain',
      '0.5',
      '--out',
      out,
      ...project,
    ];
    const { outcome, prediction } = await ccnet<CompressResult>(...words);
    if (!outcome || prediction.choice.kind !== 'chosen') throw new Error('nothing was chosen');
    expect(outcome.parameters).toBe(prediction.choice.parameters);
    expect(outcome.files.map((file) => file.format)).toEqual(['onnx', 'onnx-pixels', 'tfjs']);
    for (const { file, largestDifference, differs } of outcome.files) {
      expect(existsSync(file)).toBe(true);
      expect(largestDifference).toBeLessThanOrEqual(differs === 'on average' ? 0.02 : 1e-4);
    }
    const bytes = (await readFile(outcome.files[0]?.file ?? '')).byteLength;
    expect(bytes).toBe(outcome.after.bytes);
    const forecast = prediction.candidates.find((candidate) => candidate.alpha === outcome.alpha);
    expect(Math.abs((forecast?.fileBytes ?? 0) - bytes)).toBeLessThan(1024);
    const page = await readFile(outcome.report, 'utf8');
    for (const fact of ['glands', outcome.measured.dice.toFixed(3), 'best', 'median', 'worst'])
      expect(page).toContain(fact);
    expect(page).not.toContain(folder);
  });

  it('exports a stored run and draws its examples without changing the project, which may be open elsewhere', async () => {
    const [run] = await ccnet<{ id: number }[]>('run', 'list', ...project);
    const path = join(folder, 'lab.ccnet');
    const elsewhere = Project.open(path);
    const out = join(folder, 'beside');
    const files = await ccnet<unknown[]>(
      ...['export', String(run?.id), '--format', 'onnx', '--out', out, ...project],
    );
    expect(files).toHaveLength(1);
    const read = Project.open(path, { readOnly: true });
    const request = { kind: 'examples', network: run?.id ?? 0 } as const;
    const pictures = await createJob<'examples'>(request, read).run(
      new AbortController().signal,
      () => undefined,
    );
    expect(pictures.map(({ label }) => label)).toEqual(['best', 'median', 'worst']);
    read.close();
    elsewhere.close();
  });

  it('exports a stored run again, and reports again', async () => {
    const [run] = await ccnet<{ id: number }[]>('run', 'list', ...project);
    const files = await ccnet<{ file: string }[]>(
      'export',
      String(run?.id),
      '--format',
      'onnx',
      '--out',
      join(folder, 'again'),
      ...project,
    );
    expect(files.map(({ file }) => existsSync(file))).toEqual([true]);
    const page = join(folder, 'again.html');
    await ccnet('report', 'glands', '--out', page, ...project);
    expect(await readFile(page, 'utf8')).toContain('Predicted and measured');
    const missing = await capture(['export', '999', '--out', folder, ...project]);
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toMatch(/no trained network 999/);
  });

  it('shares its runs with another project through a library file, without paths', async () => {
    const library = join(folder, 'library.json');
    const exported = await ccnet<{ runs: number }>('library', 'export', library, ...project);
    expect(await readFile(library, 'utf8')).not.toContain(folder);
    const other = ['--project', join(folder, 'other.ccnet')];
    expect(await ccnet('library', 'import', library, '--no-library', ...other)).toEqual({
      added: exported.runs,
      skipped: 0,
      removed: 0,
      refused: [],
    });
    expect(await ccnet('library', 'import', library, ...other)).toEqual({
      added: 0,
      skipped: exported.runs,
      removed: 0,
      refused: [],
    });
  });

  /** Runs a command that is cancelled when its training has finished `epochs` epochs. @returns the epochs that it trained */
  async function cancelledAfter(epochs: number, words: readonly string[]): Promise<number[]> {
    const stop = new AbortController();
    const trained = trainedEpochs((epoch) => {
      if (epoch === epochs) stop.abort();
    });
    const { exitCode, stderr } = await capture(words, stop.signal);
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/cancelled/);
    return trained;
  }

  it('stops when it is cancelled, and the same command goes on with the next epoch', async () => {
    const size = ['--width', '4', '--alphas', '1/4', '--seeds', '1'];
    const words = ['calibrate', 'cells', ...size, ...TRAINING, '--epochs', '8', ...project];
    expect(await cancelledAfter(3, words)).toEqual([1, 2, 3]);
    const trained = trainedEpochs();
    expect(await ccnet('calibrate', ...words.slice(1))).toMatchObject({ trained: 1, skipped: 0 });
    expect(trained).toEqual([4, 5, 6, 7, 8]);
    expect(await ccnet('calibrate', ...words.slice(1))).toMatchObject({ trained: 0, skipped: 1 });
    expect(trained).toEqual([4, 5, 6, 7, 8]);
  });

  it('takes up a cancelled training by its number, whatever its dataset is called meanwhile', async () => {
    const size = ['--width', '4', '--alphas', '1/2', '--seeds', '1'];
    const words = ['calibrate', 'membranes', ...size, ...TRAINING, '--epochs', '6', ...project];
    expect(await cancelledAfter(2, words)).toEqual([1, 2]);
    const lab = Project.open(join(folder, 'lab.ccnet'));
    const dataset = lab.datasets.named('membranes').id;
    lab.datasets.rename(dataset, 'walls');
    lab.datasets.rename(lab.datasets.named('cells').id, 'membranes');
    lab.close();
    const [unfinished, ...others] = await ccnet<{ id: number; dataset: string }[]>(
      ...['run', 'list', '--unfinished', ...project],
    );
    expect([unfinished?.dataset, others]).toEqual(['walls', []]);
    const trained = trainedEpochs();
    const { network } = await ccnet<{ network: number }>('run', 'resume', String(unfinished?.id), ...project);
    expect(trained).toEqual([3, 4, 5, 6]);
    const runs = await ccnet<{ id: number; dataset: string }[]>('run', 'list', ...project);
    expect(runs.find(({ id }) => id === network)?.dataset).toBe('walls');
  });

  it('says which file is wrong when data is bad', async () => {
    const bad = join(folder, 'bad.ccnet');
    await writeFile(bad, 'this is not a project');
    const { stderr, exitCode } = await capture(['dataset', 'list', '--project', bad]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('bad.ccnet');
    const empty = await capture(['dataset', 'add', join(folder, 'nowhere'), '--name', 'x', ...project]);
    expect(empty.exitCode).toBe(3);
    expect(empty.stderr).toContain('nowhere');
  });
});
