import { describe, expect, it } from 'vitest';
import type { Examination } from '#common/dataset/dataset.ts';
import type { ReadingChoices } from '#common/dataset/reading.ts';
import { examineDataset } from '../../../src-main/dataset/doctor/examineDataset.ts';
import { decodePair, openPair } from '../../../src-main/dataset/pairing/pairFiles.ts';
import { openSource } from '../../../src-main/dataset/source/openSource.ts';
import { folderOf } from '../support/folder.ts';
import { photoPixels, png } from '../support/pictures.ts';
import { reference } from './reference.ts';

const [WIDTH, HEIGHT] = [40, 30];

const picture = (seed: number, width = WIDTH, height = HEIGHT): Promise<Buffer> =>
  png(photoPixels(seed, width, height), width);

const labelMe = (shapes: readonly object[], more: Readonly<Record<string, unknown>> = {}): Buffer =>
  Buffer.from(
    JSON.stringify({ imagePath: 'a.png', imageWidth: WIDTH, imageHeight: HEIGHT, shapes, ...more }),
  );

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

interface Read {
  readonly examination: Examination;
  readonly marks: readonly (readonly number[])[];
}

async function read(files: Readonly<Record<string, Buffer>>, choices: ReadingChoices = {}): Promise<Read> {
  const source = await openSource(await folderOf(files));
  const examination = await examineDataset(source, { choices });
  const marks = [];
  for (const sample of examination.samples) {
    const { mask } = await decodePair(
      await openPair(source, sample, examination.reading),
      sample.page,
      examination.reading,
    );
    marks.push(Array.from(mask.foreground));
  }
  return { examination, marks };
}

const marked = (marks: readonly number[] | undefined, value = 1): number =>
  (marks ?? []).filter((mark) => mark === value).length;

describe('annotations as other libraries fill them', () => {
  it.each(reference.annotations)('$name', async ({ file, bytes, mask, width, height }) => {
    const { marks, examination } = await read({ 'pictures/x.png': await picture(1), [file]: bytes });
    const expected = Array.from(
      { length: width * height },
      (_, pixel) => ((mask[pixel >> 3] ?? 0) >> (7 - (pixel & 7))) & 1,
    );
    expect(marks).toEqual([expected]);
    expect(examination.samples[0]?.masks).toEqual([`${file}//pictures/x.png`]);
  });
});

describe('what is no area, or somewhere else, is said', () => {
  it('boxes and points mark nothing', async () => {
    const box = {
      label: 'cell',
      shape_type: 'rectangle',
      points: [
        [1, 1],
        [9, 9],
      ],
    };
    const { examination, marks } = await read({
      'a.png': await picture(1),
      'a.json': labelMe([
        square('cell', 2, 6),
        box,
        box,
        { label: 'x', shape_type: 'point', points: [[1, 1]] },
      ]),
    });
    expect(marked(marks[0])).toBe(16);
    expect(examination.findings).toContainEqual(
      expect.objectContaining({
        code: 'annotations-left-out',
        problem: 'On a.png 2 boxes and 1 point are no areas and mark nothing.',
      }),
    );
  });

  it('an outline is cut off at the image’s border, and one wholly outside is told', async () => {
    const { examination, marks } = await read({
      'a.png': await picture(1),
      'a.json': labelMe([square('cell', -10, 3), square('cell', 100, 200)]),
    });
    expect(marked(marks[0])).toBe(9);
    expect(examination.findings).toContainEqual(
      expect.objectContaining({ code: 'outlines-outside', file: 'a.json' }),
    );
  });

  it('a size that is not the image’s is an error that names both', async () => {
    const other = labelMe([square('cell', 2, 6)], { imagePath: 'b.png', imageWidth: 80, imageHeight: 60 });
    const { examination } = await read({
      'a.png': await picture(1),
      'a.json': labelMe([square('cell', 2, 6)]),
      'b.png': await picture(2),
      'b.json': other,
    });
    expect(examination.samples.map(({ name }) => name)).toEqual(['a']);
    expect(examination.findings).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        code: 'size-mismatch',
        problem: 'The image is 40 x 30 pixels, and b.json was drawn on one of 80 x 60.',
      }),
    );
  });

  it('run lengths of another size are refused with both', async () => {
    const coco = {
      images: [{ id: 1, file_name: 'a.png', width: WIDTH, height: HEIGHT }],
      categories: [{ id: 1, name: 'cell' }],
      annotations: [{ image_id: 1, category_id: 1, segmentation: { size: [8, 8], counts: [0, 64] } }],
    };
    const source = await openSource(
      await folderOf({ 'a.png': await picture(1), 'coco.json': Buffer.from(JSON.stringify(coco)) }),
    );
    await expect(examineDataset(source)).rejects.toMatchObject({
      code: 'nothing-usable',
      facts: {
        findings: expect.arrayContaining([
          expect.objectContaining({
            code: 'annotation-unread',
            problem: expect.stringContaining(
              'for an image of 8 x 8 pixels, and it says it has 40 x 30',
            ) as string,
          }),
        ]) as unknown,
      },
    });
  });

  it.each([
    ['JSON that is cut off', 'a.json', Buffer.from('{"shapes": ['), 'it is no JSON, or cut off'],
    [
      'CVAT’s format for films',
      'a.xml',
      Buffer.from('<annotations><track id="0"></track></annotations>'),
      'export it from CVAT "for images"',
    ],
    [
      'a selection that is cut off',
      'a.roi',
      Buffer.concat([Buffer.from('Iout\0\xe3\0\0', 'latin1'), Buffer.alloc(20), Buffer.alloc(40, 1)]),
      'not read',
    ],
  ])('%s', async (_name, file, bytes, problem) => {
    const source = await openSource(await folderOf({ 'a.png': await picture(1), [file]: bytes }));
    await expect(examineDataset(source)).rejects.toMatchObject({
      facts: {
        findings: expect.arrayContaining([
          expect.objectContaining({ file, problem: expect.stringContaining(problem) as string }),
        ]) as unknown,
      },
    });
  });
});

describe('files whose image is not clear', () => {
  const refusal = (problem: string): object => ({
    facts: {
      findings: expect.arrayContaining([
        expect.objectContaining({
          code: 'annotation-unread',
          problem: expect.stringContaining(problem) as string,
        }),
      ]) as unknown,
    },
  });

  it('one that is called as an image and says it was drawn on another is of neither', async () => {
    const { examination, marks } = await read({
      'a.png': await picture(1),
      'b.png': await picture(2),
      'a.json': labelMe([square('cell', 2, 6)]),
      'b.json': labelMe([square('cell', 8, 20)]),
    });
    expect(examination.samples.map(({ name }) => name)).toEqual(['a']);
    expect(marked(marks[0])).toBe(16);
    expect(examination.findings).toContainEqual(
      expect.objectContaining({ severity: 'error', file: 'b.json', code: 'annotation-unread' }),
    );
  });

  it('one that names images of which there are several, or none, says so', async () => {
    const json = labelMe([square('cell', 2, 6)]);
    const images = { 'x/a.png': await picture(1), 'y/a.png': await picture(2) };
    await expect(read({ ...images, 'outlines.json': json })).rejects.toMatchObject(
      refusal('2 images are called so (x/a.png, y/a.png)'),
    );
    await expect(read({ 'b.png': await picture(1), 'outlines.json': json })).rejects.toMatchObject(
      refusal('on images that are not here: a.png'),
    );
  });

  it('several that draw on one image count together, and that is told', async () => {
    const { examination, marks } = await read({
      'a.png': await picture(1),
      'a.json': labelMe([square('cell', 2, 6)]),
      'second/a.json': labelMe([square('cell', 10, 16)]),
    });
    expect(marked(marks[0])).toBe(16 + 36);
    expect(examination.findings).toContainEqual(
      expect.objectContaining({
        code: 'annotations-united',
        problem: expect.stringContaining('a.png by a.json and second/a.json') as string,
      }),
    );
  });
});

describe('classes', () => {
  const files = async (): Promise<Record<string, Buffer>> => ({
    'a.png': await picture(1),
    'a.json': labelMe([square('gland', 2, 22), square('lumen', 5, 15), square('__ignore__', 18, 30)]),
    'b.png': await picture(2),
    'b.json': labelMe([square('lumen', 1, 5)], { imagePath: 'b.png' }),
  });

  it('are named over all files and have one value each, whichever file they are in', async () => {
    const { examination } = await read(await files());
    expect(examination.reading.masks.names).toEqual(['gland', 'lumen']);
    expect(
      examination.maskValues.map(({ value, name, masks, readAs }) => [value, name, masks, readAs]),
    ).toEqual([
      [0, undefined, 2, 'background'],
      [1, 'gland', 1, 'foreground'],
      [2, 'lumen', 2, 'foreground'],
      [65_535, undefined, 1, 'ignored'],
    ]);
  });

  it('a class that is not wanted hides none that is, and what does not count lies between them', async () => {
    const gland = await read(await files(), { classNames: ['gland'] });
    expect(marked(gland.marks[0])).toBe(400);
    const lumen = await read(await files(), { classNames: ['lumen'] });
    expect(marked(lumen.marks[0])).toBe(100);
    expect(marked(lumen.marks[0], 2)).toBe(144);
    expect(marked(lumen.marks[1])).toBe(16);
  });

  it('background that was drawn takes away what lies under it', async () => {
    const { marks, examination } = await read({
      'a.png': await picture(1),
      'a.json': labelMe([square('gland', 2, 22), square('background', 5, 15)]),
    });
    expect(marked(marks[0])).toBe(300);
    expect(examination.reading.masks.names).toEqual(['gland']);
  });

  it('annotations of COCO by their numbers are read as a list of them is', async () => {
    const { marks } = await read({
      'a.png': await picture(1),
      'livecell.json': Buffer.from(
        JSON.stringify({
          images: [{ id: 1, file_name: 'a.png', width: WIDTH, height: HEIGHT }],
          categories: [{ id: 1, name: 'cell' }],
          annotations: { 7: { image_id: 1, category_id: 1, segmentation: [[0, 0, 4, 0, 4, 4, 0, 4]] } },
        }),
      ),
    });
    expect(marked(marks[0])).toBe(16);
  });

  it('corners of COCO that are shares of the image are refused, where they would mark one pixel', async () => {
    const coco = {
      images: [{ id: 1, file_name: 'a.png', width: WIDTH, height: HEIGHT }],
      categories: [{ id: 1, name: 'cell' }],
      annotations: [{ image_id: 1, category_id: 1, segmentation: [[0, 0, 0.5, 0, 0.5, 1, 0, 1]] }],
    };
    await expect(
      read({ 'a.png': await picture(1), 'coco.json': Buffer.from(JSON.stringify(coco)) }),
    ).rejects.toMatchObject({ message: expect.stringContaining('shares of width and height') as string });
  });

  it('a crowd of COCO does not count', async () => {
    const coco = {
      images: [{ id: 1, file_name: 'a.png', width: WIDTH, height: HEIGHT }],
      categories: [{ id: 1, name: 'cell' }],
      annotations: [
        { image_id: 1, category_id: 1, iscrowd: 0, segmentation: [[0, 0, 4, 0, 4, 4, 0, 4]] },
        { image_id: 1, category_id: 1, iscrowd: 1, segmentation: [[2, 0, 8, 0, 8, 4, 2, 4]] },
      ],
    };
    const { marks } = await read({
      'a.png': await picture(1),
      'coco.json': Buffer.from(JSON.stringify(coco)),
    });
    expect([marked(marks[0]), marked(marks[0], 2)]).toEqual([16, 16]);
  });
});

it('masks that are files go before annotations, and images that no annotation names are told', async () => {
  const drawn = await read({
    'images/a.png': await picture(1),
    'images/c.png': await picture(3),
    'images/a.json': labelMe([square('cell', 2, 6)]),
  });
  expect(drawn.examination.findings).toContainEqual(
    expect.objectContaining({ code: 'image-not-annotated', file: 'images/c.png' }),
  );
  const files = await read({
    'images/a.png': await picture(1),
    'images/a.json': labelMe([square('cell', 2, 6)]),
    'masks/a.png': await png(new Uint8Array(WIDTH * HEIGHT).fill(1, 0, 7), WIDTH),
  });
  expect(files.examination.samples[0]?.masks).toEqual(['masks/a.png']);
  expect(marked(files.marks[0])).toBe(7);
  const chosen = await read(
    {
      'images/a.png': await picture(1),
      'outlines.json': labelMe([square('cell', 2, 6)]),
      'masks/a.png': await png(new Uint8Array(WIDTH * HEIGHT).fill(1, 0, 7), WIDTH),
    },
    { masksFrom: 'annotations' },
  );
  expect(marked(chosen.marks[0])).toBe(16);
  expect(chosen.examination.findings.map(({ code }) => code)).not.toContain('image-not-annotated');
});
