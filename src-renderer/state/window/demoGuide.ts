import type { Step } from '../wizard/wizardDraft.ts';

/** What the user of the demo sees now. */
export interface DemoMoment {
  readonly making: boolean;
  /** Name of the dataset that nothing was trained on. */
  readonly dataset: string | null;
  readonly view: 'compress' | 'use' | 'elsewhere';
  readonly step: Step;
  readonly training: boolean;
  /** A network for that dataset has been trained, so that the view Use has something to use. */
  readonly trained: boolean;
  /** What is there in the view Use. */
  readonly used: 'nothing' | 'preview' | 'results';
}

/** A button that does what the guide asks for, where no other one of the view does. */
export type DemoAction = 'ask' | 'use' | 'take';

/** What to do next in the demo, in one sentence, and the button for it. */
export function demoAdvice({ making, dataset, view, step, training, trained, used }: DemoMoment): {
  readonly words: string;
  readonly action: DemoAction | null;
} {
  const only = (words: string) => ({ words, action: null });
  if (making) {
    return only('Five small sets of images are being drawn, about a minute. Wait until they are there.');
  }
  if (dataset === null)
    return only(
      'The images of the demo are gone from this project. Close it, and make one for your own images.',
    );
  if (view === 'use' && trained) {
    if (used === 'nothing')
      return {
        words: `Here the network works: take new images of "${dataset}" that it has never seen.`,
        action: 'take',
      };
    if (used === 'preview')
      return only('Move the threshold and see the outlines follow. Then choose Segment at the top.');
    return only(
      'Look at the table; the pictures lie beside it. That was all of it: close this project and make a new one for your own images.',
    );
  }
  if (view !== 'compress') {
    if (training) return { words: 'The network is being trained. Go and watch it.', action: 'ask' };
    return trained
      ? { words: `A network for "${dataset}" is trained. Use it on new images.`, action: 'use' }
      : {
          words: `No network was trained on "${dataset}" yet, only on the other sets. Ask how small one may be.`,
          action: 'ask',
        };
  }
  if (training) return only('Watch what the network finds after every pass over the images.');
  switch (step) {
    case 'question':
      return only('Say what must be kept of the accuracy, or leave it as it is. Then choose Predict.');
    case 'prediction':
      return only('Move the goal line and see the choice follow. Then choose Train it.');
    case 'probes':
      return only('Probes make a prediction surer. Here choose Skip.');
    case 'training':
      return only('Leave everything as it is and choose Start training.');
    case 'result':
      return trained
        ? {
            words: 'Compare predicted and measured, and look at every test image. Then use the network.',
            action: 'use',
          }
        : only('Nothing has been trained yet: go to the training.');
  }
}
