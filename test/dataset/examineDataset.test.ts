import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Examination } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import { remedyOf } from '#common/failures/failures.ts';
import { remedyWords } from '#common/failures/remedy.ts';
import { ACTION_WORDS } from '../../src-main/cli/actionWords.ts';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import type { Files } from './support/folder.ts';
import { folderOf, soundPairs } from './support/folder.ts';
import { niftiOf } from './support/niftiOf.ts';
import { asRgb, discPixels, jpeg, photoPixels, png, png16, scaled, tiffLzw } from './support/pictures.ts';
import { tiff } from './support/tiff.ts';
import { type RawPage, tiffOf } from './support/tiffOf.ts';
import { failing } from '../failing.ts';

async function examine(files: Files): Promise<Examination> {
  const source = await openSource(await folderOf(files));
  return examineDataset(source);
}

const photo = photoPixels(1);
const disc = scaled(discPixels(1), 255);
const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));
const black = new Uint8Array(96 * 96);
const rgba = Uint8Array.from(
  { length: 96 * 96 * 4 },
  (_, index) => (index % 4 === 3 ? index >> 2 : index * 7) % 251,
);
const manyColours = Uint8Array.from({ length: 96 * 96 * 3 }, (_, index) => {
  const x = Math.floor(index / 3) % 96;
  const y = Math.floor(index / 3 / 96);
  const cell = Math.floor(x / 8) + 12 * Math.floor(y / 8);
  return cell % 3 === 0 ? 0 : (cell * 37 + (index % 3) * 91) % 256;
});
const stack = (count: number, values: (page: number) => Uint8Array): Buffer =>
  tiff(
    Array.from({ length: count }, (_, page) => ({
      width: 96,
      height: 96,
      samples: 1 as const,
      data: values(page),
    })),
  );

const grey = (data: Uint8Array): RawPage => ({ width: 96, height: 96, bits: 8, strips: [Buffer.from(data)] });
const planes = (count: number, description: string, values: (page: number) => Uint8Array): Buffer =>
  tiffOf(
    Array.from({ length: count }, (_, page) => ({
      ...grey(values(page)),
      ...(page === 0 ? { description } : {}),
    })),
  );
const hyperstack = (axes: string, values: (page: number) => Uint8Array): Buffer => {
  const count = axes.match(/\d+/g)?.reduce((product, size) => product * Number(size), 1) ?? 1;
  return planes(count, `ImageJ=1.54f\nimages=${count}\n${axes}\n`, values);
};

describe('the doctor names every problem and keeps the sound pairs', () => {
  type Case = [
    name: string,
    bad: () => Promise<Files>,
    code: string,
    file: string,
    problem: string,
    samples: number,
  ];
  // Twelve sound pairs stand beside each bad file; `samples` says how many of the bad ones stay usable.
  const cases: Case[] = [
    [
      'an image without mask',
      async () => ({ 'images/bad.png': await png(photo) }),
      'unpaired-image',
      'images/bad.png',
      'No mask was found',
      0,
    ],
    [
      'a mask without image',
      async () => ({ 'masks/bad.png': await png(disc) }),
      'unpaired-mask',
      'masks/bad.png',
      'No image was found',
      0,
    ],
    [
      'an empty image file',
      async () => ({ 'images/bad.png': Buffer.alloc(0), 'masks/bad.png': await png(disc) }),
      'empty-file',
      'images/bad.png',
      '"images/bad.png" is empty (0 bytes).',
      0,
    ],
    [
      'a truncated PNG',
      async () => ({ 'images/bad.png': cut(await png(photo), 0.5), 'masks/bad.png': await png(disc) }),
      'unreadable',
      'images/bad.png',
      'damaged or cut off',
      0,
    ],
    [
      'a truncated JPEG',
      async () => ({ 'images/bad.jpg': cut(await jpeg(photo), 0.5), 'masks/bad.png': await png(disc) }),
      'unreadable',
      'images/bad.jpg',
      'damaged or cut off',
      0,
    ],
    [
      'a truncated mask',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.png': cut(await png(disc), 0.6) }),
      'unreadable',
      'masks/bad.png',
      'damaged or cut off',
      0,
    ],
    [
      'a text file called .png',
      async () => ({ 'images/bad.png': Buffer.from('not an image'), 'masks/bad.png': await png(disc) }),
      'unsupported-format',
      'images/bad.png',
      'no PNG, JPEG',
      0,
    ],
    [
      'an animation, of which one picture is read',
      async () => ({
        'images/bad.gif': await sharp(Buffer.concat([photo, disc]), {
          raw: { width: 96, height: 192, channels: 1, pageHeight: 96 },
        })
          .gif({ loop: 0, delay: [100, 100] })
          .toBuffer(),
        'masks/bad.png': await png(disc),
      }),
      'part-of-image',
      'images/bad.gif',
      'holds 2 images; only one of them is read',
      1,
    ],
    [
      'colours that are not read',
      async () => ({
        'images/bad.tif': tiffOf([
          {
            width: 96,
            height: 96,
            bits: 8,
            samples: 3,
            photometric: 8,
            strips: [Buffer.alloc(96 * 96 * 3, 9)],
          },
        ]),
        'masks/bad.png': await png(disc),
      }),
      'unsupported-format',
      'images/bad.tif',
      'its kind of colour (CIELab) is not read',
      0,
    ],
    [
      'a format of microscopes',
      async () => ({ 'images/bad.czi': Buffer.from('DICM') }),
      'unsupported-format',
      'images/bad.czi',
      'not read',
      0,
    ],
    [
      'different sizes',
      async () => ({
        'images/bad.png': await png(photo),
        'masks/bad.png': await png(scaled(discPixels(1, 80, 96), 255), 80),
      }),
      'size-mismatch',
      'images/bad.png',
      'The image is 96 x 96 pixels, its mask masks/bad.png is 80 x 96.',
      0,
    ],
    [
      'an empty mask',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.png': await png(black) }),
      'empty-mask',
      'masks/bad.png',
      'marks nothing',
      1,
    ],
    [
      'a full mask',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.png': await png(black.map(() => 255)) }),
      'full-mask',
      'masks/bad.png',
      'marks every pixel',
      1,
    ],
    [
      'a copy under another name and format',
      async () => ({
        'images/bad.tif': await tiffLzw(photoPixels(100)),
        'masks/bad.png': await png(scaled(discPixels(0), 1)),
      }),
      'duplicate',
      'images/good0.png',
      'The same pixels as images/bad.tif, with the same mask.',
      1,
    ],
    [
      'a copy with another mask',
      async () => ({
        'images/bad.png': await png(photoPixels(100)),
        'masks/bad.png': await png(scaled(discPixels(5), 255)),
      }),
      'conflicting-masks',
      'images/good0.png',
      'with another mask',
      1,
    ],
    [
      'grey among colour',
      async () => ({
        'images/bad.png': await png(rgba.slice(0, 96 * 96 * 3), 96, 3),
        'masks/bad.png': await png(disc),
      }),
      'mixed-channels',
      '.',
      '12 images are grey and 1 in colour',
      1,
    ],
    [
      '16 bit among 8 bit',
      async () => ({
        'images/bad.png': await png16(Uint16Array.from(photo, (v) => v * 99)),
        'masks/bad.png': await png(disc),
      }),
      'mixed-depths',
      '.',
      '12 with 8 bits, 1 with 16 bits',
      1,
    ],
    [
      'grey stored as colour',
      async () => ({ 'images/bad.png': await png(asRgb(photo), 96, 3), 'masks/bad.png': await png(disc) }),
      'grey-as-colour',
      '.',
      '1 image stores grey',
      1,
    ],
    [
      'a photograph as mask',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.png': await png(photoPixels(9)) }),
      'mask-looks-like-photo',
      'masks/bad.png',
      'looks like a photograph',
      0,
    ],
    [
      'a JPEG photograph as mask',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.jpg': await jpeg(photoPixels(9)) }),
      'mask-looks-like-photo',
      'masks/bad.jpg',
      'looks like a photograph',
      0,
    ],
    [
      'image and mask exchanged',
      async () => ({ 'images/bad.png': await png(disc), 'masks/bad.png': await png(photo) }),
      'pair-swapped',
      'images/bad.png',
      'looks like a mask and its mask like a photograph',
      0,
    ],
    [
      'a mask as image',
      async () => ({ 'images/bad.png': await png(disc), 'masks/bad.png': await png(disc) }),
      'image-looks-like-mask',
      'images/bad.png',
      'only 2 different values',
      1,
    ],
    [
      'a JPEG mask',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.jpg': await jpeg(disc, 96, 1, 60) }),
      'mask-damaged',
      'masks/bad.jpg',
      'Lossy compression or smoothing',
      1,
    ],
    [
      'a mask of many colours',
      async () => ({ 'images/bad.png': await png(photo), 'masks/bad.png': await png(manyColours, 96, 3) }),
      'mask-many-colours',
      'masks/bad.png',
      'more than 32 colours',
      1,
    ],
    [
      'a mask without black',
      async () => ({
        'images/bad.png': await png(photo),
        'masks/bad.png': await png(discPixels(1).map((v) => v + 1)),
      }),
      'mask-without-background',
      'masks/bad.png',
      'none that is background in this data set',
      1,
    ],
    [
      'a very small image',
      async () => ({
        'images/bad.png': await png(photoPixels(3, 40, 40), 40),
        'masks/bad.png': await png(scaled(discPixels(1, 40, 40), 255), 40),
      }),
      'very-small-image',
      'images/bad.png',
      'only 40 x 40 pixels',
      1,
    ],
    [
      'a tiny image',
      async () => ({
        'images/bad.png': await png(photoPixels(3, 9, 9), 9),
        'masks/bad.png': await png(scaled(discPixels(1, 9, 9), 255), 9),
      }),
      'very-small-image',
      'images/bad.png',
      'only 9 x 9 pixels',
      0,
    ],
    [
      'a very long image',
      async () => ({
        'images/bad.png': await png(photoPixels(3, 1700, 64), 1700),
        'masks/bad.png': await png(scaled(discPixels(1, 1700, 64), 255), 1700),
      }),
      'extreme-shape',
      'images/bad.png',
      'more than 16 times',
      0,
    ],
    [
      'a constant image',
      async () => ({ 'images/bad.png': await png(black.map(() => 90)), 'masks/bad.png': await png(disc) }),
      'constant-image',
      'images/bad.png',
      'same value',
      1,
    ],
    [
      'transparency',
      async () => ({ 'images/bad.png': await png(rgba, 96, 4), 'masks/bad.png': await png(disc) }),
      'alpha-ignored',
      '.',
      '1 image has transparent pixels',
      1,
    ],
    [
      'NaN',
      async () => ({
        'images/bad.tif': tiff([
          {
            width: 96,
            height: 96,
            samples: 1,
            data: Float32Array.from(photo, (v, i) => (i % 50 === 0 ? Number.NaN : v)),
          },
        ]),
        'masks/bad.png': await png(disc),
      }),
      'not-finite',
      'images/bad.tif',
      'NaN or infinite',
      1,
    ],
    [
      'stacks of different length',
      async () => ({
        'images/bad.tif': stack(3, (page) => photoPixels(40 + page)),
        'masks/bad.tif': stack(2, (page) => discPixels(page)),
      }),
      'page-count',
      'images/bad.tif',
      'nothing tells which belong together',
      0,
    ],
    [
      'a stack with a single mask',
      async () => ({
        'images/bad.tif': stack(3, (page) => photoPixels(40 + page)),
        'masks/bad.tif': stack(1, (page) => discPixels(page)),
      }),
      'page-count',
      'images/bad.tif',
      'It has 3 slices, its mask has 1: nothing tells',
      0,
    ],
    [
      'a stack of masks for a single image',
      async () => ({
        'images/bad.tif': stack(1, (page) => photoPixels(40 + page)),
        'masks/bad.tif': stack(3, (page) => discPixels(page)),
      }),
      'page-count',
      'masks/bad.tif',
      'It has 3 slices, its image has 1: nothing tells',
      0,
    ],
    [
      'an image beside its preview, with a single mask',
      async () => ({
        'images/bad.tif': tiffOf([
          grey(photoPixels(40)),
          { ...grey(photoPixels(1, 40, 20)), width: 40, height: 20 },
        ]),
        'masks/bad.tif': stack(1, (page) => discPixels(page)),
      }),
      'page-count',
      'images/bad.tif',
      'only the first is used',
      1,
    ],
    [
      'a mask of several channels',
      async () => ({
        'images/bad.tif': stack(1, () => photo),
        'masks/bad.tif': hyperstack('channels=3', (page) => discPixels(page)),
      }),
      'mask-channels',
      'masks/bad.tif',
      'its 3 planes are channels',
      0,
    ],
    [
      'stacks whose depth and time are exchanged',
      async () => ({
        'images/bad.tif': hyperstack('slices=3\nframes=2', (page) => photoPixels(40 + page)),
        'masks/bad.tif': hyperstack('slices=2\nframes=3', (page) => discPixels(page)),
      }),
      'stack-axes-differ',
      'masks/bad.tif',
      'It says 2 slices at 3 times, its image 3 slices at 2 times',
      0,
    ],
    [
      'a stack in which time runs before depth, with masks that say nothing of it',
      async () => ({
        'images/bad.tif': planes(6, '{"shape": [3, 2, 96, 96], "axes": "ZTYX"}', (page) =>
          photoPixels(40 + page),
        ),
        'masks/bad.tif': stack(6, (page) => discPixels(page)),
      }),
      'stack-axes-differ',
      'masks/bad.tif',
      'It says nothing of depth and time',
      0,
    ],
    [
      'an EXIF tag that the mask contradicts',
      async () => ({
        'images/bad.jpg': await sharp(await jpeg(photo))
          .withMetadata({ orientation: 3 })
          .toBuffer(),
        'masks/bad.png': await png(disc),
      }),
      'orientation-ignored',
      'images/bad.jpg',
      'EXIF orientation 3',
      1,
    ],
    [
      'an EXIF tag that the mask demands',
      async () => ({
        'images/bad.jpg': await sharp(await jpeg(photoPixels(1, 120, 80), 120))
          .withMetadata({ orientation: 6 })
          .toBuffer(),
        'masks/bad.png': await png(scaled(discPixels(1, 80, 120), 255), 80),
      }),
      'orientation-applied',
      'images/bad.jpg',
      'was turned',
      1,
    ],
    [
      'an orientation that only the mask asks for',
      async () => ({
        'images/bad.png': await png(photo),
        'masks/bad.tif': await sharp(await tiffLzw(disc))
          .withMetadata({ orientation: 3 })
          .tiff()
          .toBuffer(),
      }),
      'mask-orientation-ignored',
      'masks/bad.tif',
      'carries the orientation 3',
      1,
    ],
  ];
  it.each(cases)('%s', async (_name, bad, code, file, problem, usable) => {
    const examination = await examine({ ...(await soundPairs(12)), ...(await bad()) });
    expect(examination.findings.filter((finding) => finding.code === code)).toContainEqual(
      expect.objectContaining({ file, problem: expect.stringContaining(problem) as string }),
    );
    expect(examination.samples).toHaveLength(12 + usable);
  });

  it('finds nothing wrong with sound pairs', async () => {
    const examination = await examine(await soundPairs(12));
    expect(examination.findings).toEqual([]);
    expect(examination.convention).toBe('images/ and masks/ folders');
    expect(examination.samples[0]).toMatchObject({
      name: 'good0',
      width: 96,
      height: 96,
      channels: 1,
      bitDepth: 8,
      maskReading: 'binary',
    });
  });
});

describe('the data set as a whole', () => {
  it('warns of images that lie in two prescribed splits', async () => {
    const files: Record<string, Buffer> = {};
    for (const split of ['train', 'test']) {
      for (const [path, data] of Object.entries(await soundPairs(3, split === 'train' ? 100 : 134)))
        files[`${split}/${path}`] = data;
    }
    const examination = await examine(files);
    expect(examination.findings.filter(({ code }) => code === 'leakage').map(({ file }) => file)).toEqual([
      'train/images/good2.png',
    ]);
  });

  it.each([
    [2, 'error', 'too-few-images'],
    [3, 'warning', 'few-images'],
    [11, 'warning', 'few-images'],
  ])('of %i images is called too small (%s)', async (count, severity, code) => {
    const examination = await examine(await soundPairs(count));
    expect(examination.findings).toContainEqual(expect.objectContaining({ severity, code }));
  });

  it.each([
    ['nothing', 0, 'None of the 3 masks marks anything'],
    ['everything', 255, 'All of the 3 masks mark every pixel'],
  ])(
    'whose masks all mark %s is an error, because nothing can be learnt from it',
    async (_, value, problem) => {
      const files = await soundPairs(3);
      for (let index = 0; index < 3; index += 1)
        files[`masks/good${index}.png`] = await png(new Uint8Array(96 * 96).fill(value));
      expect((await examine(files)).findings).toContainEqual(
        expect.objectContaining({
          severity: 'error',
          code: 'masks-of-one-kind',
          problem: expect.stringContaining(problem) as string,
        }),
      );
    },
  );

  it('may hold images in which nothing is to be found', async () => {
    const files = await soundPairs(4);
    files['masks/good1.png'] = await png(new Uint8Array(96 * 96));
    expect((await examine(files)).findings.map(({ severity }) => severity)).not.toContain('error');
  });

  it('is suspected of swapped foreground when most pixels are foreground', async () => {
    const files = await soundPairs(3);
    for (let index = 0; index < 3; index += 1)
      files[`masks/good${index}.png`] = await png(discPixels(index).map((value) => 1 - value));
    expect((await examine(files)).findings).toContainEqual(
      expect.objectContaining({ code: 'mostly-foreground' }),
    );
  });

  it('suggests the ordered split for a stack whose slices resemble their neighbours', async () => {
    const slices = (page: number): Uint8Array =>
      Uint8Array.from(
        { length: 96 * 96 },
        (_, index) => 120 + 90 * Math.sin(((index % 96) + page * 9) / 15) + page,
      );
    const examination = await examine({
      'images/s.tif': stack(10, slices),
      'masks/s.tif': stack(10, (page) => discPixels(page)),
    });
    expect(examination.samples.map((sample) => sample.name).slice(0, 2)).toEqual(['s#1', 's#2']);
    expect(examination.findings).toContainEqual(expect.objectContaining({ code: 'looks-ordered' }));
  });

  it('unites one mask per object', async () => {
    const left = black.map((_, index) => (index % 96 < 24 ? 255 : 0));
    const right = black.map((_, index) => (index % 96 >= 72 ? 255 : 0));
    const files: Record<string, Buffer> = {};
    for (const id of ['a', 'b', 'c']) {
      files[`${id}/images/${id}.png`] = await png(photoPixels(id.charCodeAt(0)));
      files[`${id}/masks/1.png`] = await png(left);
      files[`${id}/masks/2.png`] = await png(right);
    }
    const examination = await examine(files);
    expect(examination.samples[0]).toMatchObject({ maskReading: 'objects', foreground: 0.5 });
  });

  it('says what was looked for and found when nothing can be used', async () => {
    const failure = examine({
      'notes.txt': Buffer.from('x'),
      'a.png': await png(photo),
      'b.png': await png(photo),
    });
    await expect(failure).rejects.toThrow(failing('nothing-usable'));
    await expect(failure).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(
        'no image/mask pair was found among 3 files (2 look like images, 0 like masks',
      ) as string,
    });
  });

  it('says what to do about its first problem', async () => {
    const words = (failure: unknown): string =>
      failure instanceof CcnetError ? remedyWords(remedyOf(failure.failure), ACTION_WORDS) : '';
    const packed = await examine({ 'images.zip': Buffer.from('PK') }).catch(words);
    expect(packed).toMatch(/^Unpack it where it lies\. Looked for: /);
    const empty = { 'images/a.png': Buffer.alloc(0), 'masks/a.png': await png(disc) };
    expect(await examine(empty).catch(words)).toBe('Copy it again from where it came from.');
  });

  it('carries its findings when pairs were found but none can be used', async () => {
    const failure = examine({ 'images/a.png': Buffer.alloc(0), 'masks/a.png': await png(disc) });
    await expect(failure).rejects.toMatchObject({
      message: expect.stringContaining('1 image/mask pairs were found, but none can be used') as string,
      facts: { findings: [expect.objectContaining({ code: 'empty-file' })] },
    });
  });
});

describe('what stands beside the images', () => {
  it('volumes of one name in folders of patients are volumes of their own', async () => {
    const upright = [
      [-1, 0, 0, 0],
      [0, -1, 0, 0],
      [0, 0, 1, 0],
    ];
    const files: Record<string, Buffer> = {};
    for (const patient of [1, 2, 3]) {
      files[`p${patient}/ct.nii`] = niftiOf([40, 40, 3], upright, (voxel) => (voxel * 7 * patient) % 251);
      files[`p${patient}/ct_mask.nii`] = niftiOf([40, 40, 3], upright, (voxel) => Number(voxel % 1600 < 400));
    }
    const { samples, findings } = await examine(files);
    expect([...new Set(samples.map(({ group }) => group))]).toEqual(['p1/ct', 'p2/ct', 'p3/ct']);
    expect(samples.map(({ name }) => name).slice(0, 4)).toEqual(['p1_ct#1', 'p1_ct#2', 'p1_ct#3', 'p2_ct#1']);
    expect(findings.map(({ code }) => code)).not.toContain('few-volumes');
  });

  it('what the dataset.json of nnU-Net calls "ignore" does not count', async () => {
    const files: Record<string, Buffer> = {};
    for (const n of [1, 2, 3]) {
      files[`imagesTr/c${n}_0000.png`] = await png(photoPixels(n));
      files[`labelsTr/c${n}.png`] = await png(discPixels(n).map((value, index) => (index < 96 ? 3 : value)));
    }
    const told = { labels: { background: 0, cell: 1, ignore: 3 } };
    const withFile = await examine({ ...files, 'dataset.json': Buffer.from(JSON.stringify(told)) });
    expect(withFile.reading.masks.ignored).toBe(3);
    expect(withFile.findings).toContainEqual(expect.objectContaining({ code: 'mask-ignored' }));
    expect((await examine(files)).reading.masks.ignored).toBe(null);
  });

  it('settings beside the images are no kind of masks that could be chosen', async () => {
    const pairs = await soundPairs(3);
    const sideCar = await examine({ ...pairs, 'images/good0.json': Buffer.from('{"RepetitionTime": 2}') });
    expect(sideCar.maskSources).toEqual([]);
    const drawn = await examine({ ...pairs, 'images/good0.json': Buffer.from('{"shapes": []}') });
    expect(drawn.maskSources?.map(({ name }) => name)).toEqual(['masks/', 'annotations']);
  });
});

describe('a check under way', () => {
  it('reports every pair', async () => {
    const source = await openSource(await folderOf(await soundPairs(4)));
    const done: number[] = [];
    await examineDataset(source, { onProgress: (progress) => done.push(progress.done) });
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('stops when it is cancelled', async () => {
    const source = await openSource(await folderOf(await soundPairs(4)));
    const controller = new AbortController();
    const check = examineDataset(source, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(check).rejects.toMatchObject({ exitCode: 130 });
  });

  it('survives a file that vanishes after listing', async () => {
    const root = await folderOf(await soundPairs(4));
    const source = await openSource(root);
    const listing = await source.list();
    await rm(join(root, 'images/good1.png'));
    const examination = await examineDataset({ ...source, list: () => Promise.resolve(listing) });
    expect(examination.samples).toHaveLength(3);
    expect(examination.findings).toContainEqual(
      expect.objectContaining({ code: 'unreadable', file: 'images/good1.png' }),
    );
  });

  it('uses pairs made by hand as they are, and refuses unknown files', async () => {
    const root = await folderOf(await soundPairs(3));
    await writeFile(join(root, 'odd.png'), await png(photoPixels(77)));
    const source = await openSource(root);
    const examination = await examineDataset(source, {
      pairing: [{ image: 'odd.png', masks: ['masks/good0.png'], split: 'test' }],
    });
    expect(examination.samples).toEqual([expect.objectContaining({ name: 'odd', givenSplit: 'test' })]);
    await expect(
      examineDataset(source, { pairing: [{ image: 'gone.png', masks: ['odd.png'] }] }),
    ).rejects.toMatchObject({
      exitCode: 2,
      message: '"gone.png" is named in the pairing but is not in the data set.',
    });
  });
});
