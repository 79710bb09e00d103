import { describe, expect, it } from 'vitest';
import { capture } from '../cli/capture.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { reportCommands, type ReportedWork } from '../../src-main/jobs/export/reportCommands.ts';
import { exampleDataset, exampleRun } from '../project/examples.ts';

const recipe = { ...DEFAULT_RECIPE, epochs: 7, crop: 64 };
const work = (change: Partial<ReportedWork> = {}): ReportedWork =>
  ({
    dataset: { ...exampleDataset, id: 1, name: 'my glands', reading: PLAIN_READING },
    images: [],
    prediction: {
      network: { family: 'unet', width: 16 },
      limits: { retain: 0.9, safe: true },
      prediction: { candidates: [{ alpha: 1 }, { alpha: 0.25 }], workingSide: 128 },
    },
    calibration: [
      { origin: 'starter', run: exampleRun({ datasetName: 'lung' }) },
      { origin: 'own', run: exampleRun({ datasetName: 'cells', recipe, seed: 1 }) },
      { origin: 'own', run: exampleRun({ datasetName: 'cells', recipe, seed: 2 }) },
    ],
    probes: [
      exampleRun({ datasetName: 'my glands', recipe, network: { ...exampleRun().network, factor: 1 / 32 } }),
    ],
    trained: { recipe, seed: 3 },
    ...change,
  }) as unknown as ReportedWork;

describe('the commands that repeat a report', () => {
  it('import the library, calibrate and probe by the recipe that was used, then predict and train', () => {
    expect(reportCommands(work())).toEqual([
      'ccnet dataset add FOLDER --name "my glands" --project lab.ccnet',
      'ccnet library import starter --project lab.ccnet',
      'ccnet dataset add OTHER_FOLDER --name cells --project lab.ccnet',
      'ccnet calibrate cells --network unet --width 16 --alphas 1/4 --seeds 2 --crop 64 --epochs 7 --project lab.ccnet',
      'ccnet calibrate "my glands" --network unet --width 16 --alphas 1/32 --seeds 1 --crop 64 --epochs 7 --project lab.ccnet',
      'ccnet predict "my glands" --network unet --width 16 --alphas "1,1/4" --retain 0.9 --safe --working-side 128 --project lab.ccnet',
      'ccnet compress "my glands" --network unet --width 16 --alphas "1,1/4" --retain 0.9 --safe --working-side 128 --crop 64 --epochs 7 --seed 3 --out DIR --project lab.ccnet',
    ]);
  });

  it('calibrate nothing that came from a library, and train nothing that was not trained', () => {
    const commands = reportCommands(
      work({ calibration: [{ origin: 'imported', run: exampleRun() }], probes: [], trained: null }),
    );
    expect(commands.map((command) => command.split(' ').slice(1, 3).join(' '))).toEqual([
      'dataset add',
      'library import',
      expect.stringMatching(/^predict /),
    ]);
  });

  const unusual = work({
    dataset: {
      ...work().dataset,
      grouping: { by: 'name', pattern: '{group}_*' },
      reading: {
        channel: 1,
        masks: { ...PLAIN_READING.masks, background: 1, ignored: 255, foreground: [2, 3], inverted: true },
      },
    },
    calibration: [{ origin: 'own', run: exampleRun({ fold: { number: 2, of: 3 } }) }],
    probes: [],
    trained: { recipe: { ...DEFAULT_RECIPE, teacherWidth: 16 }, seed: 1 },
  });

  it('deal the images, read the masks and train as it was done, where that was not as usual', () => {
    const [add, , calibrate, , compress] = reportCommands(unusual);
    expect(add).toBe(
      'ccnet dataset add FOLDER --name "my glands" --groups "{group}_*" --image-channel 2 --background 1 --ignore 255 --classes "2,3" --invert --project lab.ccnet',
    );
    expect(calibrate).toContain(' --folds 2/3 ');
    expect(compress).toContain(' --distil 16 ');
  });

  it('are understood by the program: it asks for nothing but what the words in capitals stand for', async () => {
    for (const command of [...reportCommands(work()), ...reportCommands(unusual)]) {
      const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)]
        .slice(1)
        .map(([, quoted, plain]) => quoted ?? plain ?? '');
      const { stderr } = await capture(
        words.map((word) => (word === 'lab.ccnet' ? '/nowhere/lab.ccnet' : word)),
      );
      expect([command, stderr]).toEqual([command, expect.stringMatching(/nowhere/)]);
    }
  });
});
