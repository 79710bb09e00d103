import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { discPixels, photoPixels, png, SIDE } from '../dataset/support/pictures.ts';
import { type RawPage, tiffOf } from '../dataset/support/tiffOf.ts';
import { seriousViolations } from '../renderer/axe.ts';
import { dropFiles, dropFolder } from './support/dropped.ts';
import { addDataset, newProject } from './support/lab.ts';
import { startProgram } from './support/program.ts';
import { AppWindow, closeBrowser } from './support/window.ts';

afterAll(closeBrowser);

it('takes exactly the files that were dropped, shows them for pairing, and the whole folder only when asked to', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await newProject(program, window);
  await page.getByRole('heading', { name: 'Datasets' }).waitFor();
  const folder = join(program.data, 'cells');
  await generateDataset(folder, { tissue: 'cells', images: 12, side: 64, seed: 3 });
  const some = Array.from({ length: 6 }, (_, i) => `cells-00${i + 1}.png`);
  await dropFiles(
    window,
    some.flatMap((name) => ['images', 'masks'].map((part) => join(folder, part, name))),
  );
  await page.getByText('6 usable pairs').waitFor();
  await page.getByText('Only the 12 dropped files are taken').waitFor();

  await page.getByRole('button', { name: 'Correct the pairing' }).click();
  const list = page.getByRole('list', { name: 'Images and their masks' });
  await list.getByRole('img', { name: `Mask masks/${some[0] ?? ''}` }).waitFor();
  expect(await list.getByRole('listitem').count()).toBe(6);
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();

  // A file that was not dropped is none of the page's business.
  const other = await window.reply('files.preview', { root: folder, file: '../settings.json', as: 'image' });
  expect(other).toMatchObject({ ok: false, error: { code: 'path-not-chosen' } });

  const etc = await window.reply('dialogs.wholeFolder', { folder: '/etc', file: '/etc/passwd' });
  expect(etc).toMatchObject({ ok: false, error: { code: 'path-not-chosen' } });

  await program.control({ do: 'answer-dialogs', answers: [1] });
  await page.getByRole('button', { name: 'Take the whole folder' }).click();
  await page.getByText('6 usable pairs').waitFor();
  await page.getByRole('button', { name: 'Add to project' }).click();
  await expect
    .poll(async () => (await window.call('datasets.list', undefined))[0]?.images, { timeout: 20_000 })
    .toEqual({ train: 4, validation: 1, test: 1 });

  await dropFiles(window, [join(folder, 'images', some[0] ?? '')]);
  await page.getByText('Only the 1 dropped file is taken').waitFor();
  await program.control({ do: 'answer-dialogs', answers: [0] });
  await page.getByRole('button', { name: 'Take the whole folder' }).click();
  await page.getByText('12 usable pairs').waitFor();
  expect(window.faults).toEqual([]);
});

it('reads outlines of annotations by the classes that are chosen, adds a dataset, leaves an image out and undoes it', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await newProject(program, window);
  const folder = join(program.data, 'outlined');
  await generateDataset(folder, { tissue: 'cells', images: 6, side: 64, seed: 5 });
  await rm(join(folder, 'masks'), { recursive: true });
  for (let image = 1; image <= 6; image += 1) {
    const square = (label: string, from: number, to: number): object => ({
      label,
      shape_type: 'polygon',
      points: [
        [from, from],
        [to, from],
        [to, to],
        [from, to],
      ],
    });
    const name = `cells-00${image}`;
    const json = {
      imagePath: `${name}.png`,
      imageWidth: 64,
      imageHeight: 64,
      shapes: [square('nucleus', 4, 20 + image), square('debris', 40, 50)],
    };
    await writeFile(join(folder, 'images', `${name}.json`), JSON.stringify(json));
  }
  await dropFolder(window, folder);
  await page.getByText('6 usable pairs').waitFor();
  await page.getByText('outlines of LabelMe').waitFor();
  await page.getByLabel('What debris means').selectOption('background');
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add to project' }).click();
  await expect
    .poll(async () => (await window.call('datasets.list', undefined)).length, { timeout: 20_000 })
    .toBe(1);
  const [dataset] = await window.call('datasets.list', undefined);
  const id = dataset?.id ?? 0;
  const [first] = await window.call('datasets.images', id);
  expect(first?.foreground).toBeCloseTo((17 * 17) / 64 ** 2, 6);

  // Adding measures the images at once, and a dataset that a job reads is not edited.
  const measured = async (): Promise<boolean | undefined> =>
    (await window.call('datasets.list', undefined))[0]?.measured;
  await expect.poll(measured, { timeout: 60_000 }).toBe(true);
  const active = async (): Promise<boolean> =>
    (await window.call('jobs.list', undefined)).some(
      ({ state }) => state === 'running' || state === 'queued',
    );
  await expect.poll(active, { timeout: 60_000 }).toBe(false);
  const train = (await window.call('datasets.images', id)).find(({ split }) => split === 'train');
  await page.getByRole('option', { name: new RegExp(train?.name ?? '-') }).click();
  await page.getByLabel('Why the image does not count').fill('out of focus');
  await page.getByRole('button', { name: 'Leave out' }).click();
  await page.getByText('Left out: out of focus').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByRole('button', { name: 'Leave out' }).waitFor();
  expect((await window.call('datasets.list', undefined))[0]?.fingerprint).toBe(dataset?.fingerprint);
  expect(window.faults).toEqual([]);
});

it('offers every file for pairing where no name tells of a pair, several kinds of masks, and notices what is there already', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(60_000);
  await newProject(program, window);
  const made = join(program.data, 'made');
  await generateDataset(made, { tissue: 'cells', images: 6, side: 64, seed: 7 });
  const name = (image: number): string => `cells-00${image}.png`;
  const copy = async (from: string, ...to: string[]): Promise<void> => {
    const target = join(program.data, ...to);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(made, from), target);
  };
  for (let image = 1; image <= 6; image += 1) {
    await copy(`images/${name(image)}`, 'odd', 'raw', `r${image}.png`);
    await copy(`masks/${name(image)}`, 'odd', 'drawn', `d${image}9.png`);
    await copy(`images/${name(image)}`, 'two', 'images', name(image));
    await copy(`masks/${name(image)}`, 'two', 'cell masks', name(image));
    await copy(`masks/${name((image % 6) + 1)}`, 'two', 'nuclei masks', name(image));
  }
  await dropFolder(window, join(program.data, 'odd'));
  await page.getByText('no image/mask pair was found').first().waitFor();
  await page.getByRole('button', { name: 'Correct the pairing' }).click();
  const list = page.getByRole('list', { name: 'Images and their masks' });
  expect(await list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('12');
  for (let image = 1; image <= 3; image += 1) {
    await page.getByPlaceholder('Find an image or mask').fill(`raw/r${image}`);
    const mask = page.getByLabel(`Mask of raw/r${image}.png`);
    // The files are listed for whoever is about to choose.
    await mask.focus();
    await mask.selectOption(`drawn/d${image}9.png`);
  }
  await page.getByRole('button', { name: 'Check 3 pairs again' }).click();
  await page.getByText('3 usable pairs').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await dropFolder(window, join(program.data, 'two'));
  await page.getByText('6 usable pairs').waitFor();
  await page.getByLabel('Masks from').selectOption({ label: 'nuclei masks/ (6)' });
  await page.getByText('Masks are taken from nuclei masks/').waitFor();
  await page.getByRole('button', { name: 'Add to project' }).click();
  const added = async (): Promise<number> => (await window.call('datasets.list', undefined)).length;
  await expect.poll(added, { timeout: 60_000 }).toBe(1);

  await dropFolder(window, join(program.data, 'two'));
  await page.getByLabel('Masks from').selectOption({ label: 'nuclei masks/ (6)' });
  await page.getByText('Masks are taken from nuclei masks/').waitFor();
  await page.getByRole('button', { name: 'Add to project' }).click();
  await expect.poll(added, { timeout: 60_000 }).toBe(2);
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await page.getByText('The project has the same images with the same masks already').first().waitFor();
  expect(window.faults).toEqual([]);
});

it('planes of stacks are chosen where image and mask have other numbers of slices', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(60_000);
  await newProject(program, window);
  const folder = join(program.data, 'stacks');
  const page8 = (values: Uint8Array): RawPage => ({
    width: 96,
    height: 96,
    bits: 8,
    strips: [Buffer.from(values)],
  });
  for (let image = 0; image < 4; image += 1) {
    const planes = [0, 1, 2].map((plane) => page8(photoPixels(image * 31 + plane)));
    for (const [kind, pages] of [
      ['images', planes],
      ['masks', [page8(discPixels(image))]],
    ] as const) {
      await mkdir(join(folder, kind), { recursive: true });
      await writeFile(join(folder, kind, `s${image}.tif`), tiffOf(pages));
    }
  }
  await dropFolder(window, folder);
  await page.getByText('none can be used').first().waitFor();
  await page.getByLabel('Planes of stacks').selectOption('max');
  await page.getByText('4 usable pairs').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(window.faults).toEqual([]);
});

it('the dialog stays where it is whatever is chosen in it', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(60_000);
  await newProject(program, window);
  const folder = join(program.data, 'hyperstacks');
  const stack = (axes: string, planes: readonly Uint8Array[]): Buffer =>
    tiffOf(
      planes.map((values, index) => ({
        width: 96,
        height: 96,
        bits: 8,
        strips: [Buffer.from(values)],
        ...(index === 0 ? { description: `ImageJ=1.54f\nimages=${planes.length}\n${axes}\n` } : {}),
      })),
    );
  for (let image = 0; image < 4; image += 1) {
    const seen = [0, 1, 2, 3].map((plane) => photoPixels(image * 31 + plane));
    const drawn = [0, 1].map((plane) =>
      discPixels(image + plane).map((value, pixel) => (value && pixel % 96 > 48 ? 2 : value)),
    );
    for (const [kind, axes, planes] of [
      ['images', 'channels=2\nslices=2', seen],
      ['cell masks', 'slices=2', drawn],
      ['nuclei masks', 'slices=2', drawn.toReversed()],
    ] as const) {
      await mkdir(join(folder, kind), { recursive: true });
      await writeFile(join(folder, kind, `film${image}_a.tif`), stack(axes, planes));
    }
  }
  await dropFolder(window, folder);
  await page.getByText('8 usable pairs').waitFor();
  const dialog = page.getByRole('dialog');
  const add = page.getByRole('button', { name: 'Add to project' });
  type Control = ReturnType<typeof dialog.getByLabel>;
  const field = (label: string): Control => dialog.getByLabel(label, { exact: true });
  const segment = (label: string): [what: string, control: Control, act: () => Promise<void>] => {
    const control = dialog.locator('.segmented label').filter({ hasText: label });
    return [label, control, () => control.click()];
  };
  const choice = (label: string, value: string): ReturnType<typeof segment> => [
    label,
    field(label),
    async () => void (await field(label).selectOption(value)),
  ];
  const exchange = field('Exchange object and background');
  const steps = [
    ...['In blocks', 'At random', 'By name', 'By folder', 'Alike', 'By table', 'Nothing'].map(segment),
    ['exchange', exchange, () => exchange.click()] as const,
    choice('Channel of the images', '1'),
    choice('What 2 means', 'background'),
    choice('What 1 means', 'ignored'),
    choice('Masks from', 'nuclei masks/'),
    choice('Planes of stacks', 'max'),
    segment('Cannot be used'),
  ];
  const places = (): Promise<unknown> =>
    Promise.all([
      dialog.boundingBox(),
      add.boundingBox(),
      ...['How the masks are read', 'What was noticed'].map((name) =>
        dialog.getByRole('heading', { name }).boundingBox(),
      ),
    ]);
  const isReady = (): Promise<unknown> =>
    expect.poll(() => dialog.locator('[inert]').count(), { timeout: 60_000 }).toBe(0);
  for (const [what, control, act] of steps) {
    // What is not in sight is scrolled to by whoever acts on it, and that is no jump.
    await control.scrollIntoViewIfNeeded();
    const before = await places();
    await act();
    await isReady();
    expect(await places(), what).toEqual(before);
  }
  expect(window.faults).toEqual([]);
});

it('adds a dataset for each class, or none of them when one cannot be added', async () => {
  const program = startProgram();
  const window = await AppWindow.open(program);
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await newProject(program, window);
  const names = async (): Promise<string[]> =>
    (await window.call('datasets.list', undefined)).map(({ name }) => name);

  // The second class is to take a name that another dataset has.
  const dataset = await addDataset(program, window);
  await window.call('datasets.rename', { id: dataset, name: 'mixed 2' });
  const folder = join(program.data, 'mixed');
  await mkdir(join(folder, 'images'), { recursive: true });
  await mkdir(join(folder, 'masks'));
  for (let image = 0; image < 6; image += 1) {
    const classes = discPixels(image).map((inside, at) => (inside === 0 ? 0 : at % SIDE < SIDE / 2 ? 1 : 2));
    await writeFile(join(folder, 'images', `${image}.png`), await png(photoPixels(image * 31)));
    await writeFile(join(folder, 'masks', `${image}.png`), await png(classes));
  }
  await dropFolder(window, folder);
  await page.getByText('6 usable pairs').waitFor();
  await page.getByRole('checkbox', { name: 'One dataset for each of the 2 classes' }).check();
  await page.getByRole('button', { name: 'Add to project' }).click();
  await page.getByRole('dialog').getByRole('alert').getByText('mixed 2').waitFor();
  expect(await names()).toEqual(['mixed 2']);

  await page.getByLabel('Name', { exact: true }).fill('both');
  await page.getByRole('button', { name: 'Add to project' }).click();
  await page.getByText('2 datasets were added, one for each class.').waitFor();
  expect((await names()).sort()).toEqual(['both 1', 'both 2', 'mixed 2']);
  expect(window.faults).toEqual([]);
});
