/** How an entry of a legend is drawn. */
export type LegendMark = 'band' | 'line' | 'thin-line' | 'square' | 'dot' | 'ring' | 'bar';

/** Colours of the theme by their names. */
export type LegendColour = 'accent' | 'validation' | 'test' | 'error' | 'line-strong';

/** One kind of mark of a plot, in words: shown beside the title, and saved with the plot. */
export interface LegendEntry {
  readonly label: string;
  readonly mark: LegendMark;
  readonly colour: LegendColour;
}
