import type { Split } from '#common/dataset/dataset.ts';

/** What a folder's or file's name says about its content. */
export interface NameRole {
  readonly kind: 'image' | 'mask' | 'neither';
  /** How sure one can be that this is *the* mask: 0 manual annotation, 1 any mask, 2 finer labels, 3 second opinions. */
  readonly rank: number;
  /** The tokens that gave the role of a mask: "ground", "truth"; none otherwise. */
  readonly words: readonly string[];
  /** The name without those tokens, lower case, joined by underscores. */
  readonly rest: string;
  /** The part of `rest` before the role's token: "x" of "x_mask_2". */
  readonly before: string;
  readonly split: Split | null;
}

const IMAGE_TOKENS = new Set([
  ...'image images img imgs im raw input inputs original originals orig data photo photos picture pictures'.split(
    ' ',
  ),
  ...'volume volumes imaging bild bilder foto fotos imagen imagenes imágenes immagine immagini'.split(' '),
]);
const MASK_RANKS = new Map<string, number>([
  ...'manual manual1 manual_1 1stmanual 1st_manual 1st_ho'.split(' ').map((token) => [token, 0] as const),
  ...'mask masks label labels labelcol lbl gt gts groundtruth groundtruths ground_truth ground_truths truth annotation annotations anno annos'
    .split(' ')
    .map((token) => [token, 1] as const),
  ...'annot seg segs segmentation segmentations target targets labelled labeled labeling labelling labelmap labelmaps'
    .split(' ')
    .map((token) => [token, 1] as const),
  ...'maske masken masque masques máscara máscaras mascara mascaras maschera maschere 掩膜 掩码 标签 マスク'
    .split(' ')
    .map((token) => [token, 1] as const),
  // What tools call their own output: Cellpose, ilastik, ImageJ, Labkit, CVAT and Pascal VOC, Supervisely.
  ...'cp_masks simple_segmentation multicut_segmentation object_predictions mask_of masks_of count_masks_of'
    .split(' ')
    .map((token) => [token, 1] as const),
  ...'segmentation_of labeling_of labelling_of segmentation_class masks_machine'
    .split(' ')
    .map((token) => [token, 1] as const),
  // Trainable Weka Segmentation, and what people call thresholded images.
  ...'classified_image classified_image_of segmented binary binary_mask'
    .split(' ')
    .map((token) => [token, 2] as const),
  ...'instance instances object_identities segmentation_object masks_instances'
    .split(' ')
    .map((token) => [token, 2] as const),
  ...'2nd_manual manual2 manual_2 2nd_ho masks_human'.split(' ').map((token) => [token, 3] as const),
]);
const LONGEST_NAME = 3;
/** Only as a whole folder name: too common inside file names to mean a mask there. */
const FOLDER_MASK_RANKS = new Map<string, number>([['classes', 2]]);
/** Things made from images or masks that are neither. */
const OTHER_TOKENS = new Set(
  'superpixels overlay overlays preview previews thumbnail thumbnails thumb thumbs viz visualization visualisation'.split(
    ' ',
  ),
);
/** The same, of names of two words: what Cellpose and ilastik write beside their masks. */
const OTHER_NAMES = new Set(['cp_outlines', 'cp_flows', 'cp_output', 'class_visualization']);
/** Words that say only in which format a folder's files are: "JPEGImages", "SegmentationClassPNG". */
const FORMAT_TOKENS = new Set('jpeg jpg png tif tiff bmp gif webp'.split(' '));
const SPLIT_TOKENS = new Map<string, Split>([
  ...['train', 'training', 'tr'].map((token) => [token, 'train'] as const),
  ...['val', 'valid', 'validation', 'dev'].map((token) => [token, 'validation'] as const),
  ...['test', 'testing', 'ts'].map((token) => [token, 'test'] as const),
]);

/**
 * Lower-case words of a name: camelCase, spaces, dashes and dots separate; "mask12" is "mask" and "12". A plus, and a minus
 * that is a sign ("WT-_1", "x=-3") and no dash, are words of their own, because they tell files apart.
 */
export function nameTokens(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .replace(/(?<=[\p{L}\p{M}\p{N}+])[-\u2212](?=[_.,)\] ]|$)|(?<=^|[_=(,[ ])[-\u2212](?=\d)/gu, ' \u2212 ')
    .replace(/\+/g, ' + ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}+\u2212]+/u)
    .filter((token) => token !== '')
    .flatMap(
      (token) =>
        /^(train|training|val|valid|validation|test)(annot|annotations?|masks?|labels?|gt|images?)$/
          .exec(token)
          ?.slice(1) ?? [token],
    )
    .flatMap((token) => {
      const [, word, digits] = /^([a-z]+)(\d+)$/.exec(token) ?? [];
      if (word === undefined || digits === undefined || MASK_RANKS.has(token)) return [token];
      return IMAGE_TOKENS.has(word) || MASK_RANKS.has(word) ? [word, digits] : [token];
    });
}

/** Reads a folder's name, where "train" and the like are a split and no part of what names must have in common. */
export function folderRole(name: string): NameRole {
  const tokens = nameTokens(name);
  let split: Split | null = null;
  const words = tokens.filter((token) => !FORMAT_TOKENS.has(token));
  const kept = (words.length > 0 ? words : tokens).filter((token) => {
    const found = SPLIT_TOKENS.get(token);
    split = found ?? split;
    return found === undefined;
  });
  return { ...roleOf(kept, new Map([...MASK_RANKS, ...FOLDER_MASK_RANKS])), split };
}

/** Reads a file's name without extension. Splits are not read from file names: "training" there is just a word. */
export function stemRole(stem: string): NameRole {
  return { ...roleOf(nameTokens(stem), MASK_RANKS), split: null };
}

/** The stem without words that say only "image": "21_training" and "img 21" are both "21". */
export function bareStem(rest: string): string {
  const bare = rest
    .split('_')
    .filter((token) => !IMAGE_TOKENS.has(token) && !SPLIT_TOKENS.has(token))
    .join('_');
  return bare;
}

function roleOf(tokens: readonly string[], ranks: ReadonlyMap<string, number>): Omit<NameRole, 'split'> {
  const all = tokens.join('_');
  const isOther = (token: string, index: number): boolean =>
    OTHER_TOKENS.has(token) || OTHER_NAMES.has(`${token}_${tokens[index + 1] ?? ''}`);
  if (tokens.some(isOther)) {
    return { kind: 'neither', rank: 9, words: [], rest: all, before: all };
  }
  // The last mask word counts, longer names first: "count masks of", "ground truth", "1st manual".
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    for (let length = LONGEST_NAME; length > 0; length -= 1) {
      const start = index - length + 1;
      if (start < 0) continue;
      const words = tokens.slice(start, index + 1);
      const token = words.join('_');
      const rank = ranks.get(token);
      if (rank === undefined || isAdjective(token, tokens[index + 1])) continue;
      const before = tokens.slice(0, start);
      return {
        kind: 'mask',
        rank,
        words,
        rest: [...before, ...tokens.slice(index + 1)].join('_'),
        before: before.join('_'),
      };
    }
  }
  const image = tokens.filter((token) => IMAGE_TOKENS.has(token));
  const rest = tokens.filter((token) => !IMAGE_TOKENS.has(token)).join('_');
  return image.length > 0
    ? { kind: 'image', rank: 0, words: [], rest, before: rest }
    : { kind: 'neither', rank: 0, words: [], rest: all, before: all };
}

/** "labelled images" are images. */
function isAdjective(token: string, next: string | undefined): boolean {
  return /^label(l?ed|l?ing)$/.test(token) && next !== undefined && IMAGE_TOKENS.has(next);
}
