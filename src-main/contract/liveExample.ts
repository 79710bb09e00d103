/** One validation image during a training, with the outlines of the true and the found objects drawn on it. */
export interface LiveExample {
  readonly name: string;
  readonly dice: number;
  /** WebP of at most 256 pixels a side, as a data: URL. */
  readonly overlay: string;
}

/** What the network that is being trained makes of a few images, always the same, after one of its epochs. */
export interface LiveExamples {
  readonly epoch: number;
  readonly images: readonly LiveExample[];
}

/** Receives example predictions while a job trains; must be cheap and must not throw. */
export type ShowExamples = (examples: LiveExamples) => void;
