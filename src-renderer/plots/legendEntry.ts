/** How an entry of a legend is drawn. */
export type LegendMark = 'band' | 'line' | 'thin-line' | 'square' | 'dot' | 'ring' | 'bar';

/** One kind of mark of a plot, in words: shown beside the title, and saved with the plot. */
export interface LegendEntry {
  readonly label: string;
  readonly mark: LegendMark;
  /** A colour of the theme: "--accent". */
  readonly colour: `--${string}`;
}
