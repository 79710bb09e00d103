import type { Step } from '../wizard/wizardDraft.ts';

/** What the user of the demo sees now. */
export interface DemoMoment {
  readonly making: boolean;
  /** Name of the dataset that nothing was trained on. */
  readonly dataset: string | null;
  readonly view: 'compress' | 'elsewhere';
  readonly step: Step;
  readonly training: boolean;
}

/** What to do next in the demo, in one sentence. */
export function demoWords({ making, dataset, view, step, training }: DemoMoment): string {
  if (making || dataset === null)
    return 'Five small sets of images are being drawn. Wait until they are there.';
  if (view === 'elsewhere')
    return `Networks were trained on all of these but "${dataset}". Now ask how small one for "${dataset}" may be.`;
  if (training) return 'Watch what the network finds after every pass.';
  switch (step) {
    case 'question':
      return 'Say what must be kept of the accuracy, or leave it as it is. Then choose Predict.';
    case 'prediction':
      return 'Move the goal line and see the choice follow. Then choose Train it.';
    case 'probes':
      return 'Probes make a prediction surer. Here you may skip them.';
    case 'training':
      return 'Leave everything as it is and choose Start training.';
    case 'result':
      return 'Compare predicted and measured, and look at every test image. Then try it with your own images: close this project and make a new one.';
  }
}
