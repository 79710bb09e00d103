import { formatDice } from '#common/format.ts';
import { preparationSteps } from '#common/preparation/preparationWords.ts';
import { type NetworkCard, networkWords } from '#common/use/networkCard.ts';
import { identityLine } from '../exportStem.ts';
import type { ScriptName } from './scriptText.ts';

/** One exported file as its guide tells it. */
export interface GuidedFile {
  /** Name beside the guide. */
  readonly name: string;
  readonly kind: 'onnx' | 'onnx-pixels' | 'tfjs' | 'bioimageio';
}

/** The page beside exported files that tells whose they are and how to use them, as Markdown. */
export function exportGuide(
  card: NetworkCard,
  stem: string,
  scripts: readonly ScriptName[],
  files: readonly GuidedFile[],
): string {
  const { preparation, test, training } = card;
  const steps = preparationSteps(preparation).map((step, index) => `${index + 1}. ${step}`);
  const onnx = files.find(({ kind }) => kind === 'onnx');
  return [
    `# ${networkWords(card.network)}, trained on ${card.dataset.name}`,
    '',
    `Run ${card.run} of ${card.product}, trained on ${training.images} images of ${sidesOf(training.side)} pixels (shorter side), ${training.depths.join(' and ')} bits.`,
    `On ${test.images} test images: Dice ${formatDice(test.dice)}, IoU ${formatDice(test.iou)}, at their own size. On other images it may be worse.`,
    'Research software, not a medical device.',
    '',
    identityLine(card),
    '',
    '## Files',
    '',
    ...files.map((file) => `- \`${file.name}\`: ${fileWords(file, card)}`),
    ...scripts.map((name) => `- \`${stem}-${name}\`: ${SCRIPT_WORDS[name]}`),
    '',
    '## What is done to an image',
    '',
    `The same numbers are in the metadata of every file, as JSON under \`ccnet\` (\`preparation\`).`,
    '',
    ...steps,
    '',
    ...scripts.flatMap((name) => usage(name, stem, onnx?.name ?? 'NETWORK.onnx')),
  ].join('\n');
}

const SCRIPT_WORDS: Readonly<Record<ScriptName, string>> = {
  'segment.py': 'segments images in Python.',
  'napari.py': 'shows images in napari with what is found, to be corrected.',
  'fiji.groovy': 'segments the open image in Fiji or ImageJ, without TensorFlow.',
  'qupath.groovy': 'segments annotations or the whole image in QuPath.',
};

function usage(name: ScriptName, stem: string, onnx: string): string[] {
  const sh = (...lines: string[]): string[] => ['```sh', ...lines, '```', ''];
  switch (name) {
    case 'segment.py':
      return [
        '## In Python',
        '',
        ...sh(
          'pip install numpy pillow tifffile onnxruntime',
          `python ${stem}-${name} ${onnx} image1.png image2.tif --out masks`,
        ),
      ];
    case 'napari.py':
      return [
        '## In napari',
        '',
        ...sh(
          'pip install "napari[all]" numpy pillow tifffile onnxruntime',
          `python ${stem}-${name} ${onnx} image1.png`,
        ),
      ];
    case 'fiji.groovy':
      return [
        '## In Fiji',
        '',
        `Its first lines tell what is needed once (a .jar of ONNX Runtime). Open the image, open \`${stem}-${name}\`, press Run.`,
        '',
      ];
    case 'qupath.groovy':
      return [
        '## In QuPath',
        '',
        `Its first lines tell what is needed once (a .jar of ONNX Runtime). Open \`${stem}-${name}\` in the script editor.`,
        '',
      ];
  }
}

function sidesOf({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? String(low) : `${low} to ${high}`;
}

function fileWords({ kind }: GuidedFile, { network, training }: NetworkCard): string {
  const channels = network.channels;
  switch (kind) {
    case 'onnx':
      return `\`image\` [N, ${channels}, H, W], prepared as below -> \`probabilities\` [N, 2, H, W]; channel 1 is the foreground.`;
    case 'onnx-pixels':
      return `the same with its preparation: \`pixels\` [1, ${channels}, H, W], the stored values of ${training.depths[0] === 8 ? 'an 8-bit' : 'a 16-bit or float'} image as float32 -> \`probabilities\` [1, 2, H, W] at the image's own size.`;
    case 'tfjs':
      return `TensorFlow.js: [N, H, W, ${channels}], prepared as below -> [N, H, W, 2].`;
    case 'bioimageio':
      return 'BioImage.IO package (model description 0.5).';
  }
}
