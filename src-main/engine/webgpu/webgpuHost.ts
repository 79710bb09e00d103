import type { AdapterWords } from '../gpu/adapterWords.ts';
import type { OpenStep } from '../trainingStep.ts';

/** What computes on WebGPU for this process: Dawn in it, or the hidden window of the desktop app. */
export interface WebgpuHost extends AdapterWords {
  readonly openStep: OpenStep;
  /** Gives the card back. */
  close(): void;
}
