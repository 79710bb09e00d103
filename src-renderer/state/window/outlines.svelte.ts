import type { Colour } from '../../components/viewer/paintMasks.ts';

/** What of drawn and found masks is shown over an image. */
export type Shown = 'both' | 'drawn' | 'found' | 'difference' | 'none';

export interface Palette {
  readonly label: string;
  readonly drawn: Colour;
  readonly found: Colour;
}

/** Pairs of colours that people with any colour vision tell apart, each for other images. */
export const PALETTES = {
  usual: { label: 'Blue and orange', drawn: [86, 180, 233], found: [255, 140, 0] },
  stained: { label: 'Cyan and yellow, for stained tissue', drawn: [0, 240, 255], found: [255, 238, 0] },
  dark: { label: 'White and magenta, for dark images', drawn: [255, 255, 255], found: [255, 70, 220] },
} as const satisfies Record<string, Palette>;
export type PaletteName = keyof typeof PALETTES;

const KEY = 'ccnet.outlines';
export const WIDTHS = { least: 1, most: 8 };

/** How outlines are drawn, the same for every image; kept by the page. */
class Outlines {
  shown = $state<Shown>('both');
  /** In pixels of the screen, at every zoom. */
  width = $state(2);
  palette = $state<PaletteName>('usual');
  readonly colours = $derived<Palette>(PALETTES[this.palette]);

  constructor() {
    const kept = read();
    if (kept) {
      this.width = kept.width;
      this.palette = kept.palette;
    }
  }

  set(change: { width?: number; palette?: PaletteName }): void {
    if (change.width !== undefined) this.width = change.width;
    if (change.palette !== undefined) this.palette = change.palette;
    localStorage.setItem(KEY, JSON.stringify({ width: this.width, palette: this.palette }));
  }
}

function read(): { width: number; palette: PaletteName } | null {
  try {
    const { width, palette } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    const fits = typeof width === 'number' && width >= WIDTHS.least && width <= WIDTHS.most;
    const known = typeof palette === 'string' && palette in PALETTES;
    return fits && known ? { width, palette: palette as PaletteName } : null;
  } catch {
    return null;
  }
}

export const outlines = new Outlines();
