import { describe, expect, it } from 'vitest';
import type { Examination } from '#common/dataset/dataset.ts';
import type { ReadingChoices } from '#common/dataset/reading.ts';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { bmp } from './support/bmp.ts';
import { folderOf } from './support/folder.ts';
import { discPixels, jpeg, photoPixels, png, png16 } from './support/pictures.ts';
import { packedPng } from './support/palettePng.ts';

const SIDE = 96;
const PIXELS = SIDE * SIDE;
/** Masks of one dataset: nine usual ones, one without an object, one that is mostly object. */
const drawn: readonly Uint8Array[] = [
  ...Array.from({ length: 9 }, (_, seed) => discPixels(seed)),
  new Uint8Array(PIXELS),
  Uint8Array.from({ length: PIXELS }, (_, index) => (index % SIDE < 6 && index < PIXELS / 3 ? 0 : 1)),
];
const shareOf = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0) / mask.length;

type Encode = (mask: Uint8Array, index: number) => Buffer | Promise<Buffer>;

async function examine(
  encode: Encode,
  choices: ReadingChoices = {},
  masks = drawn,
  extension = 'png',
): Promise<Examination> {
  const files: Record<string, Buffer> = {};
  for (const [index, mask] of masks.entries()) {
    const name = String(index).padStart(2, '0');
    files[`images/${name}.png`] = await png(photoPixels(index * 13 + 1));
    files[`masks/${name}.${extension}`] = await encode(mask, index);
  }
  return examineDataset(await openSource(await folderOf(files)), { choices });
}

const shares = ({ samples }: Examination): number[] => samples.map(({ foreground }) => foreground);
const codes = ({ findings }: Examination): string[] => [...new Set(findings.map(({ code }) => code))].sort();
const rgb = (mask: Uint8Array, colours: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from(mask.length === 0 ? [] : [...mask].flatMap((value) => colours[value] ?? [0, 0, 0]));
const times = (mask: Uint8Array, factor: number, plus = 0): Uint8Array =>
  mask.map((value) => value * factor + plus);

describe('all masks of a dataset are read by one rule, also the empty one and the one that is mostly object', () => {
  const cases: [string, Encode, string?][] = [
    ['0 and 255', (mask) => png(times(mask, 255))],
    ['a palette whose index 0 is white', (mask) => packedPng(mask, SIDE, { palette: [0xffffff, 0xff0000] })],
    [
      'a one-bit palette whose index 0 is white',
      (mask) => packedPng(mask, SIDE, { bits: 1, palette: [0xffffff, 0x000000] }),
    ],
    ['two-bit grey values', (mask) => packedPng(mask, SIDE, { bits: 2 })],
    ['1 and 2', (mask) => png(times(mask, 1, 1))],
    ['16-bit 1 and 2', (mask) => png16(Uint16Array.from(mask, (value) => value + 1))],
    ['100 and 200', (mask) => png(times(mask, 100, 100))],
    [
      'red on white',
      (mask) =>
        png(
          rgb(mask, [
            [255, 255, 255],
            [255, 0, 0],
          ]),
          SIDE,
          3,
        ),
    ],
    [
      'white on black',
      (mask) =>
        png(
          rgb(mask, [
            [0, 0, 0],
            [255, 255, 255],
          ]),
          SIDE,
          3,
        ),
    ],
    [
      'red on white, compressed',
      (mask) =>
        jpeg(
          rgb(mask, [
            [255, 255, 255],
            [255, 0, 0],
          ]),
          SIDE,
          3,
          92,
        ),
      'jpg',
    ],
    ['white on black, compressed', (mask) => jpeg(times(mask, 255), SIDE, 1, 90), 'jpg'],
    [
      'a BMP whose palette begins with white',
      (mask) =>
        bmp(
          SIDE,
          SIDE,
          {
            bits: 8,
            palette: [
              [255, 255, 255],
              [255, 0, 0],
            ],
          },
          (x, y) => mask[y * SIDE + x] ?? 0,
        ),
      'bmp',
    ],
    [
      'palettes in another order in every file, so that colours count',
      (mask, index) =>
        index % 2 === 0
          ? packedPng(mask, SIDE, { palette: [0x000000, 0xffffff] })
          : packedPng(
              mask.map((value) => 1 - value),
              SIDE,
              { palette: [0xffffff, 0x000000] },
            ),
    ],
    [
      'palettes of other colours in every file, so that indices count',
      (mask, index) =>
        packedPng(mask, SIDE, { palette: index % 2 === 0 ? [0xffffff, 0xff0000] : [0x000000, 0xffffff] }),
    ],
  ];
  it.each(cases)('%s', async (_name, encode, extension) => {
    const examination = await examine(encode, {}, drawn, extension);
    const tolerance = extension === 'jpg' ? 0.02 : 1e-9;
    shares(examination).forEach((share, index) => {
      expect(Math.abs(share - shareOf(drawn[index] ?? new Uint8Array(1)))).toBeLessThan(tolerance);
    });
    expect(examination.samples).toHaveLength(drawn.length);
  });

  it('what compression leaves in an empty mask is no object', async () => {
    const residue = (index: number): number => (index * 7919) % 5;
    const examination = await examine(
      async (mask) => {
        const isEmpty = !mask.includes(1);
        const values = isEmpty ? mask.map((_, index) => residue(index)) : times(mask, 255);
        return jpeg(values, SIDE, 1, 90);
      },
      {},
      drawn,
      'jpg',
    );
    expect(examination.samples).toHaveLength(drawn.length);
    expect(shares(examination)[9]).toBe(0);
  });

  it('a guess of the background is told once, for all', async () => {
    const { findings, reading } = await examine((mask) => png(times(mask, 1, 1)));
    const guesses = findings.filter(({ code }) => code === 'mask-background-guessed');
    expect(guesses).toHaveLength(1);
    expect(guesses[0]).toMatchObject({ severity: 'warning', file: '.' });
    expect(guesses[0]?.problem).toContain('1 is read as background in all 11 masks');
    expect(reading.masks.background).toBe(1);
  });

  it('borders that disagree are an error that names the values, and a choice settles it', async () => {
    const half = drawn.map((mask, index) => (index % 2 === 0 ? mask : mask.map((value) => 1 - value)));
    const encode: Encode = (mask) => png(times(mask, 1, 1));
    const unclear = await examine(encode, {}, half);
    expect(unclear.findings.find(({ code }) => code === 'mask-background-unclear')).toMatchObject({
      severity: 'error',
    });
    const chosen = await examine(encode, { background: 2 }, half);
    expect(codes(chosen)).not.toContain('mask-background-unclear');
    expect(shares(chosen)[0]).toBeCloseTo(1 - shareOf(half[0] ?? new Uint8Array(1)), 9);
  });
});

describe('0 in a few masks of 1 and 2', () => {
  const encode: Encode = (mask, index) => {
    const labels = times(mask, 1, 1);
    return png(index === 0 ? labels.map((value, pixel) => (pixel < 200 ? 0 : value)) : labels);
  };

  it('does not make all others objects from rim to rim: it is asked which value is background', async () => {
    const { findings } = await examine(encode);
    expect(findings.find(({ code }) => code === 'mask-background-unclear')).toMatchObject({
      severity: 'error',
      problem: expect.stringContaining(
        '1 mask holds 0, and most hold several values without it: either 1',
      ) as string,
    });
  });

  it.each([{ background: 1 }, { classes: [2] }])('is settled by %j', async (choices) => {
    const chosen = await examine(encode, choices);
    expect(codes(chosen)).not.toContain('mask-background-unclear');
    expect(shares(chosen)[1]).toBeCloseTo(shareOf(drawn[1] ?? new Uint8Array(1)), 9);
  });
});

describe('pixels that do not count', () => {
  const rimmed = (mask: Uint8Array, rim: number): Uint8Array =>
    mask.map((value, index) =>
      value === 1 && (mask[index + 3] === 0 || mask[index - 3] === 0) ? rim : value,
    );

  it.each([
    ['255', 255, (mask: Uint8Array) => png(rimmed(mask, 255))],
    [
      'index 255 of a palette',
      255,
      (mask: Uint8Array) =>
        packedPng(rimmed(mask, 255), SIDE, {
          palette: Array.from({ length: 256 }, (_, index) => index * 77_777),
        }),
    ],
    [
      '65535 of 16 bits',
      65_535,
      (mask: Uint8Array) =>
        png16(Uint16Array.from(rimmed(mask, 255), (value) => (value === 255 ? 65_535 : value))),
    ],
  ])('%s beside class ids', async (_name, ignored, encode) => {
    const examination = await examine(encode);
    expect(examination.reading.masks.ignored).toBe(ignored);
    expect(codes(examination)).toContain('mask-ignored');
    expect(shares(examination)[0]).toBeCloseTo(
      rimmed(drawn[0] ?? new Uint8Array(1), 9).filter((value) => value === 1).length / PIXELS,
      9,
    );
    expect(examination.maskValues.find(({ value }) => value === ignored)).toMatchObject({
      readAs: 'ignored',
    });
  });

  it('255 is an object where it is the only one, and one of many ids', async () => {
    expect((await examine((mask) => png(times(mask, 255)))).reading.masks.ignored).toBeNull();
    const ids = await examine((mask) =>
      png(
        mask.map((value, index) =>
          value === 0 ? 0 : 1 + ((index % SIDE) >> 2) * 10 + (index < PIXELS / 2 ? 0 : 5),
        ),
      ),
    );
    expect(ids.reading.masks.ignored).toBeNull();
  });

  it('some masks of 0 and 1 beside others of 0 and 255 are all objects', async () => {
    const mixed = await examine((mask, index) => png(times(mask, index % 2 === 0 ? 1 : 255)));
    expect(mixed.reading.masks.ignored).toBeNull();
    expect(shares(mixed)).toEqual(drawn.map(shareOf));
  });

  it('a person may say that 255 counts, or that another value does not', async () => {
    const encode: Encode = (mask) => png(rimmed(mask, 255));
    expect((await examine(encode, { ignored: null })).reading.masks.ignored).toBeNull();
    expect(shares(await examine(encode, { ignored: null }))[0]).toBeCloseTo(
      shareOf(drawn[0] ?? new Uint8Array(1)),
      9,
    );
    expect((await examine((mask) => png(rimmed(mask, 7)), { ignored: 7 })).reading.masks.ignored).toBe(7);
  });
});

describe('classes', () => {
  const classes = (mask: Uint8Array): Uint8Array =>
    mask.map((value, index) => (value === 0 ? 0 : index < PIXELS / 2 ? 1 : 3));

  it('are named and counted, and read together unless a person chooses', async () => {
    const examination = await examine((mask) => png(classes(mask)));
    const finding = examination.findings.find(({ code }) => code === 'mask-classes');
    expect(finding?.problem).toMatch(
      /^The masks hold 2 values that are read as foreground together: 1 in \d+ masks .*, 3 in \d+ masks/,
    );
    expect(shares(examination)).toEqual(drawn.map(shareOf));
    expect(examination.maskValues.map(({ value, readAs }) => [value, readAs])).toEqual([
      [0, 'background'],
      [1, 'foreground'],
      [3, 'foreground'],
    ]);
  });

  it('one against the rest, or exchanged', async () => {
    const only = await examine((mask) => png(classes(mask)), { classes: [3] });
    expect(shares(only)).toEqual(
      drawn.map((mask) => classes(mask).filter((value) => value === 3).length / PIXELS),
    );
    expect(only.reading.masks.foreground).toEqual([3]);
    const inverted = await examine((mask) => png(times(mask, 255)), { inverted: true });
    shares(inverted).forEach((share, index) =>
      expect(share).toBeCloseTo(1 - shareOf(drawn[index] ?? new Uint8Array(1)), 9),
    );
  });

  it('of colours are chosen by colour', async () => {
    const colours = [
      [0, 0, 0],
      [255, 0, 0],
      [0, 0, 0],
      [0, 128, 0],
    ];
    const green = await examine((mask) => png(rgb(classes(mask), colours), SIDE, 3), { classes: [0x008000] });
    expect(shares(green)).toEqual(
      drawn.map((mask) => classes(mask).filter((value) => value === 3).length / PIXELS),
    );
  });
});
