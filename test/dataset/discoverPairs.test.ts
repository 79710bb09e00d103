import { describe, expect, it } from 'vitest';
import { discoverPairs } from '../../src-main/dataset/pairing/discoverPairs.ts';

/** "image <- mask + mask (split)" per pair. */
function shown(paths: readonly string[]): string[] {
  return discoverPairs(paths).pairs.map(
    (pair) => `${pair.image} <- ${pair.masks.join(' + ')}${pair.givenSplit ? ` (${pair.givenSplit})` : ''}`,
  );
}

describe('pairs are found by the conventions people use', () => {
  const cases: [string, string[], string[]][] = [
    ['images/ and masks/', ['images/a.png', 'masks/a.png'], ['images/a.png <- masks/a.png']],
    ['any case and extension', ['Img/A.JPG', 'GT/a.png'], ['Img/A.JPG <- GT/a.png']],
    [
      'Original and Ground Truth',
      ['Original/1.tif', 'Ground Truth/1.tif'],
      ['Original/1.tif <- Ground Truth/1.tif'],
    ],
    [
      'numbered by role',
      ['images/image12.png', 'labels/label12.png'],
      ['images/image12.png <- labels/label12.png'],
    ],
    [
      'a shared parent that sounds like masks',
      ['my segmentation/images/a.png', 'my segmentation/masks/a.png'],
      ['my segmentation/images/a.png <- my segmentation/masks/a.png'],
    ],
    [
      'names that contain a mask word on both sides',
      ['images/cell_seg_1.png', 'masks/cell_seg_1.png'],
      ['images/cell_seg_1.png <- masks/cell_seg_1.png'],
    ],
    ['suffix in the mask folder', ['images/a.png', 'masks/a_mask.png'], ['images/a.png <- masks/a_mask.png']],
    ...[
      '_mask',
      '-mask',
      '_anno',
      '_segmentation',
      '_Segmentation',
      '_gt',
      '_seg',
      '_label',
      '_manual1',
      '_groundtruth',
      '_ground_truth',
      '_1stHO',
    ].map((suffix): [string, string[], string[]] => [
      `suffix ${suffix}`,
      ['a_1.bmp', `a_1${suffix}.bmp`],
      [`a_1.bmp <- a_1${suffix}.bmp`],
    ]),
    [
      'suffix within an images folder',
      ['images/a.png', 'images/a_mask.png', 'images/b.png', 'images/b_mask.png'],
      ['images/a.png <- images/a_mask.png', 'images/b.png <- images/b_mask.png'],
    ],
    ['prefix', ['img_1.png', 'mask_1.png'], ['img_1.png <- mask_1.png']],
    [
      'a folder per case',
      ['p1/image.png', 'p1/mask.png', 'p2/image.png', 'p2/mask.png'],
      ['p1/image.png <- p1/mask.png', 'p2/image.png <- p2/mask.png'],
    ],
    [
      'train/images and train/masks',
      ['train/images/a.png', 'train/masks/a.png', 'test/images/a.png', 'test/masks/a.png'],
      ['test/images/a.png <- test/masks/a.png (test)', 'train/images/a.png <- train/masks/a.png (train)'],
    ],
    [
      'images/train and masks/train',
      ['images/train/a.png', 'images/val/b.png', 'masks/train/a.png', 'masks/val/b.png'],
      ['images/train/a.png <- masks/train/a.png (train)', 'images/val/b.png <- masks/val/b.png (validation)'],
    ],
    [
      'train_images and train_masks',
      ['train_images/a.png', 'train_masks/a.png', 'test_images/a.png', 'test_masks/a.png'],
      ['test_images/a.png <- test_masks/a.png (test)', 'train_images/a.png <- train_masks/a.png (train)'],
    ],
    [
      'nnU-Net',
      [
        'imagesTr/c_1_0000.png',
        'labelsTr/c_1.png',
        'imagesTs/c_2_0000.png',
        'labelsTs/c_2.png',
        'dataset.json',
      ],
      [
        'imagesTr/c_1_0000.png <- labelsTr/c_1.png (train)',
        'imagesTs/c_2_0000.png <- labelsTs/c_2.png (test)',
      ],
    ],
    [
      'DSB 2018',
      [
        'stage1_train/a1/images/a1.png',
        'stage1_train/a1/masks/m1.png',
        'stage1_train/a1/masks/m2.png',
        'stage1_train/b1/images/b1.png',
        'stage1_train/b1/masks/m3.png',
      ],
      [
        'stage1_train/a1/images/a1.png <- stage1_train/a1/masks/m1.png + stage1_train/a1/masks/m2.png',
        'stage1_train/b1/images/b1.png <- stage1_train/b1/masks/m3.png',
      ],
    ],
    [
      'ISIC 2016',
      [
        'ISIC_Training_Data/I_1.jpg',
        'ISIC_Training_GroundTruth/I_1_Segmentation.png',
        'ISIC_Test_Data/I_2.jpg',
        'ISIC_Test_GroundTruth/I_2_Segmentation.png',
      ],
      [
        'ISIC_Test_Data/I_2.jpg <- ISIC_Test_GroundTruth/I_2_Segmentation.png (test)',
        'ISIC_Training_Data/I_1.jpg <- ISIC_Training_GroundTruth/I_1_Segmentation.png (train)',
      ],
    ],
    [
      'DRIVE, where mask/ is only the field of view',
      [
        'training/images/21_training.tif',
        'training/1st_manual/21_manual1.gif',
        'training/mask/21_training_mask.gif',
        'test/images/01_test.tif',
        'test/1st_manual/01_manual1.gif',
        'test/2nd_manual/01_manual2.gif',
      ],
      [
        'test/images/01_test.tif <- test/1st_manual/01_manual1.gif (test)',
        'training/images/21_training.tif <- training/1st_manual/21_manual1.gif (train)',
      ],
    ],
    [
      'Cell Tracking Challenge, gold',
      ['01/t000.tif', '01/t001.tif', '01_GT/SEG/man_seg000.tif', '01_GT/TRA/man_track000.tif'],
      ['01/t000.tif <- 01_GT/SEG/man_seg000.tif'],
    ],
    [
      'Cell Tracking Challenge, silver',
      ['02/t000.tif', '02/t001.tif', '02_ST/SEG/man_seg001.tif'],
      ['02/t001.tif <- 02_ST/SEG/man_seg001.tif'],
    ],
    [
      'several numbered masks for one image',
      ['benign (1).png', 'benign (1)_mask.png', 'benign (1)_mask_1.png'],
      ['benign (1).png <- benign (1)_mask.png + benign (1)_mask_1.png'],
    ],
    [
      'numbered parts in the mask folder',
      ['images/cell.png', 'masks/cell_1.png', 'masks/cell_2.png'],
      ['images/cell.png <- masks/cell_1.png + masks/cell_2.png'],
    ],
    [
      'masks/ before instances/ and classes/',
      ['images/a.png', 'instances/a.png', 'classes/a.png', 'masks/a.png'],
      ['images/a.png <- masks/a.png'],
    ],
    [
      'instances/ when there is nothing else',
      ['images/a.png', 'instances/a.png'],
      ['images/a.png <- instances/a.png'],
    ],
    [
      'a lone train folder, which prescribes nothing',
      ['train/image/0.png', 'train/label/0.png'],
      ['train/image/0.png <- train/label/0.png'],
    ],
    [
      'leftovers of macOS and Windows',
      ['images/a.png', 'images/.a.png', '__MACOSX/images/a.png', 'Thumbs.db', 'masks/a.png'],
      ['images/a.png <- masks/a.png'],
    ],
    [
      'numbers in natural order',
      ['images/10.png', 'images/9.png', 'masks/9.png', 'masks/10.png'],
      ['images/9.png <- masks/9.png', 'images/10.png <- masks/10.png'],
    ],
  ];
  it.each(cases)('%s', (_name, paths, pairs) => {
    expect(shown(paths)).toEqual(pairs);
  });

  it('does not depend on the order of the paths', () => {
    const paths = cases.flatMap(([, found], index) => found.map((path) => `set${index}/${path}`));
    expect(shown([...paths].reverse())).toEqual(shown(paths));
  });
});

describe('names that differ stay different, and names that are the same are found', () => {
  const twins = (names: readonly string[], mask: (name: string) => string): [string[], string[]] => [
    names.flatMap((name) => [`images/${name}.png`, `masks/${mask(name)}.png`]),
    names.map((name) => `images/${name}.png <- masks/${mask(name)}.png`),
  ];
  const same = (name: string): string => name;
  const suffixed = (name: string): string => `${name}_mask`;
  const cases: [string, readonly string[], (name: string) => string][] = [
    ['plus and minus', ['PEG+_1', 'PEG++_1', 'PEG-_1'], same],
    ['plus and minus before a mask word', ['PEG+_1', 'PEG++_1', 'PEG-_1', 'PEG_1'], suffixed],
    ['plus and minus in other letter case', ['WT+', 'WT-', 'WT'], (name) => `${name.toLowerCase()}_mask`],
    ['negative coordinates', ['tile_-3_5', 'tile_3_5', 'tile_3_-5'], suffixed],
    ['negative coordinates in brackets', ['S [x=-3,y=0]', 'S [x=3,y=0]'], (name) => `${name}-labelled`],
    ['letter case', ['A1', 'a1'], same],
    ['letter case before a mask word', ['cellA', 'cella'], suffixed],
    [
      'composed and decomposed letters',
      ['Pr\u00e4parat_\u00e91', '\u304b\u3099_2'],
      (name) => name.normalize('NFD'),
    ],
    ['an extension within the name', ['a1.tif', 'a1.b'], (name) => `${name.replace('.tif', '')}.tif`],
  ];
  it.each(cases)('%s', (_name, names, mask) => {
    const [paths, pairs] = twins(names, mask);
    const discovery = discoverPairs(paths);
    expect(shown(paths).sort()).toEqual(pairs.sort());
    expect(discovery.findings).toEqual([]);
  });

  it('folders that differ in a sign or in letter case alone', () => {
    const folders = ['WT+', 'WT-', 'b', 'B'];
    const paths = folders.flatMap((folder) => [`images/${folder}/1.png`, `masks/${folder}/1.png`]);
    expect(shown(paths).sort()).toEqual(
      folders.map((folder) => `images/${folder}/1.png <- masks/${folder}/1.png`).sort(),
    );
  });

  it('none is chosen where two names are the same but for letter case', () => {
    const { pairs, findings } = discoverPairs(['images/Cell.png', 'images/cell.png', 'masks/CELL.png']);
    expect(pairs).toEqual([]);
    const ambiguous = findings.filter(({ code }) => code === 'ambiguous-image');
    expect(ambiguous.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  it('a mask whose name differs in letter case from the one in use is nobody\u2019s part', () => {
    const { pairs, findings } = discoverPairs(['images/a.png', 'masks/A.png', 'masks/a.png']);
    expect(pairs).toMatchObject([{ image: 'images/a.png', masks: ['masks/a.png'] }]);
    expect(findings).toMatchObject([{ code: 'unpaired-mask', file: 'masks/A.png' }]);
  });
});

describe('the output of tools is paired as they name it', () => {
  const cases: [string, string[], string[]][] = [
    ['Cellpose', ['w_1.tif', 'w_1_cp_masks.png', 'w_1_cp_outlines.png'], ['w_1.tif <- w_1_cp_masks.png']],
    ['ilastik', ['s 1.png', 's 1_Simple Segmentation.png'], ['s 1.png <- s 1_Simple Segmentation.png']],
    ['ilastik, objects', ['s.png', 's_Object Predictions.png'], ['s.png <- s_Object Predictions.png']],
    ['ImageJ', ['img1.tif', 'Mask of img1.tif'], ['img1.tif <- Mask of img1.tif']],
    ['ImageJ, particles', ['a.jpg', 'Count Masks of a.tif'], ['a.jpg <- Count Masks of a.tif']],
    ['Labkit', ['a.tif', 'segmentation of a.tif'], ['a.tif <- segmentation of a.tif']],
    [
      'QuPath',
      ['S [x=1,y=0].png', 'S [x=1,y=0]-labelled.png'],
      ['S [x=1,y=0].png <- S [x=1,y=0]-labelled.png'],
    ],
    ['a double extension', ['images/a.tif', 'masks/a.tif.png'], ['images/a.tif <- masks/a.tif.png']],
    ['an inner extension', ['a.jpg', 'a.jpg_mask.png'], ['a.jpg <- a.jpg_mask.png']],
    ['OME-TIFF', ['a.ome.tif', 'a_mask.ome.tiff'], ['a.ome.tif <- a_mask.ome.tiff']],
    [
      'CVAT and Pascal VOC',
      ['JPEGImages/a.jpg', 'SegmentationClass/a.png', 'SegmentationObject/a.png'],
      ['JPEGImages/a.jpg <- SegmentationClass/a.png'],
    ],
    [
      'Supervisely',
      ['ds/img/a.png', 'ds/masks_human/a.png', 'ds/masks_machine/a.png'],
      ['ds/img/a.png <- ds/masks_machine/a.png'],
    ],
    [
      'LabelMe, converted',
      ['a_json/img.png', 'a_json/label.png', 'a_json/label_viz.png'],
      ['a_json/img.png <- a_json/label.png'],
    ],
    ['Trainable Weka', ['a.tif', 'Classified image of a.tif'], ['a.tif <- Classified image of a.tif']],
    ['thresholded', ['a.tif', 'a_binary.tif'], ['a.tif <- a_binary.tif']],
    [
      'QuPath, tiles and labels in two formats',
      ['S [x=0].jpg', 'S [x=0].png', 'S [x=1].jpg', 'S [x=1].png', 'S [x=2].jpg', 'S [x=2].png'],
      ['S [x=0].jpg <- S [x=0].png', 'S [x=1].jpg <- S [x=1].png', 'S [x=2].jpg <- S [x=2].png'],
    ],
    [
      'the same word after every name',
      [
        'images/c1.png',
        'images/c2.png',
        'images/c11.png',
        'masks/c1_L.png',
        'masks/c2_L.png',
        'masks/c11_L.png',
      ],
      [
        'images/c1.png <- masks/c1_L.png',
        'images/c2.png <- masks/c2_L.png',
        'images/c11.png <- masks/c11_L.png',
      ],
    ],
    [
      'a word that ends in a digit after every name',
      [1, 2, 11].flatMap((n) => [`images/c${n}.png`, `masks/c${n}_sam2_masks.png`]),
      [1, 2, 11].map((n) => `images/c${n}.png <- masks/c${n}_sam2_masks.png`),
    ],
    [
      'words that all images end in, and others that all masks end in, in folders of cities (Cityscapes)',
      ['aachen', 'bonn', 'jena'].flatMap((city) => [
        `leftImg8bit/train/${city}/${city}_000001_leftImg8bit.png`,
        `gtFine/train/${city}/${city}_000001_gtFine_labelIds.png`,
        `gtFine/train/${city}/${city}_000001_gtFine_instanceIds.png`,
        `gtFine/train/${city}/${city}_000001_gtFine_color.png`,
      ]),
      ['aachen', 'bonn', 'jena'].map(
        (city) =>
          `leftImg8bit/train/${city}/${city}_000001_leftImg8bit.png <- gtFine/train/${city}/${city}_000001_gtFine_labelIds.png`,
      ),
    ],
    [
      'derivatives beside the folders of patients (BIDS)',
      [1, 2, 3].flatMap((n) => [
        `sub-0${n}/anat/sub-0${n}_T1w.nii.gz`,
        `derivatives/lesion/sub-0${n}/anat/sub-0${n}_T1w_label-lesion_mask.nii.gz`,
      ]),
      [1, 2, 3].map(
        (n) =>
          `sub-0${n}/anat/sub-0${n}_T1w.nii.gz <- derivatives/lesion/sub-0${n}/anat/sub-0${n}_T1w_label-lesion_mask.nii.gz`,
      ),
    ],
    [
      'volumes and segmentations',
      ['volume-0.nii', 'segmentation-0.nii', 'p/imaging.nii.gz', 'p/segmentation.nii.gz'],
      ['p/imaging.nii.gz <- p/segmentation.nii.gz', 'volume-0.nii <- segmentation-0.nii'],
    ],
    [
      'labels of the training volume, beside one for the test',
      ['test-volume.tif', 'train-volume.tif', 'train-labels.tif'],
      ['train-volume.tif <- train-labels.tif'],
    ],
    [
      'folders of a split and a word in one',
      ['set/train/a.png', 'set/trainannot/a.png', 'set/test/b.png', 'set/testannot/b.png'],
      ['set/test/b.png <- set/testannot/b.png (test)', 'set/train/a.png <- set/trainannot/a.png (train)'],
    ],
    ['folders in German', ['Bilder/a.png', 'Masken/a.png'], ['Bilder/a.png <- Masken/a.png']],
    [
      'numbers with and without zeros before them',
      [1, 2, 11].flatMap((n) => [`images/img${String(n).padStart(3, '0')}.png`, `masks/mask${n}.png`]),
      [1, 2, 11].map((n) => `images/img${String(n).padStart(3, '0')}.png <- masks/mask${n}.png`),
    ],
    [
      'no further mask for an image that has one of its own number',
      ['images/img1.png', 'masks/mask1.png', 'masks/mask01.png'],
      ['images/img1.png <- masks/mask1.png'],
    ],
    [
      'the folder that is called images, of several with files of one name',
      ['liver/distance maps/a.png', 'liver/mask binary/a.png', 'liver/tissue images/a.png'],
      ['liver/tissue images/a.png <- liver/mask binary/a.png'],
    ],
    [
      'masks in place before those of a folder of another name',
      ['images/a.png', 'masks_old/a.png', 'masks/a.png'],
      ['images/a.png <- masks/a.png'],
    ],
    [
      "no other patient's mask of the same number",
      ['images/A/1.png', 'images/C/1.png', 'masks/A/1.png', 'masks/B/1.png'],
      ['images/A/1.png <- masks/A/1.png'],
    ],
    [
      'not even where it would come first, for an image that has its own',
      ['images/B/1.png', 'masks/A/1.png', 'masks/B/1.png'],
      ['images/B/1.png <- masks/B/1.png'],
    ],
    [
      'a number after every name, which may be another object',
      [1, 2, 3].flatMap((n) => [`images/c${n}.png`, `masks/c${n}0.png`]),
      [],
    ],
    [
      'words that differ from mask to mask',
      [
        'images/c1.png',
        'images/c2.png',
        'images/c3.png',
        'masks/c1_L.png',
        'masks/c2_R.png',
        'masks/c3_L.png',
      ],
      [],
    ],
    [
      'the images that annotations left out of a folder of twins',
      ['a.jpg', 'a.png', 'b.jpg', 'b.png', 'c.jpg', 'c.png', 'd.jpg'],
      [],
    ],
    [
      'images that are called labelled',
      ['labelled images/a.png', 'masks/a.png'],
      ['labelled images/a.png <- masks/a.png'],
    ],
  ];
  it.each(cases)('%s', (_name, paths, pairs) => expect(shown(paths)).toEqual(pairs));
});

describe('what systems keep beside the data is passed over', () => {
  it.each([
    '@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg',
    '__MACOSX/images/a.png',
    '.Spotlight-V100/a.png',
    '.Trashes/501/a.png',
    '$RECYCLE.BIN/S-1-5/a.png',
    '$Recycle.Bin/a.png',
    'System Volume Information/a.png',
    '@Recycle/a.png',
    '.@__thumb/a.png',
    '#recycle/a.png',
    'lost+found/a.png',
    '._a.png',
    'thumbs/a.png',
    '_vti_cnf/a.png',
    '@SynoResource/a.png',
    'found.002/a.png',
    'node_modules/x/a.png',
  ])('%s', (service) => {
    expect(shown(['images/a.png', 'masks/a.png', `images/${service}`, `masks/${service}`])).toEqual([
      'images/a.png <- masks/a.png',
    ]);
  });
});

describe('files that are no images are named where they may be what is missing', () => {
  const codes = (paths: readonly string[]): string[] =>
    discoverPairs(paths)
      .findings.filter(({ code }) => code === 'annotations-not-images' || code === 'archive-in-folder')
      .map(({ severity, code, file, problem }) => `${severity} ${code} ${file} ${problem}`);

  it.each([
    ['LabelMe', ['c0.png', 'c0.json'], '(c0.json)'],
    ['COCO', ['c0.png', 'annotations.json'], '(annotations.json)'],
    ['CVAT', ['images/c0.png', 'annotations.xml'], '(annotations.xml)'],
    ['QuPath', ['images/c0.png', 'images/c0.geojson'], '(c0.geojson)'],
    ['Supervisely', ['ds/img/c0.png', 'ds/ann/c0.png.json'], '(c0.png.json)'],
    ['YOLO', ['images/c0.png', 'labels/c0.txt', 'labels/classes.txt'], '(c0.txt)'],
    ['run lengths in a table', ['images/c0.png', 'train_rle.csv'], '(train_rle.csv)'],
  ])('%s outlines without masks', (_name, paths, named) => {
    expect(codes(paths)).toEqual([
      expect.stringMatching(/^error annotations-not-images /) && (expect.stringContaining(named) as string),
    ]);
  });

  it('outlines are not mentioned when every image has its mask', () => {
    expect(codes(['images/a.png', 'masks/a.png', 'images/a.json', 'annotations.json'])).toEqual([]);
  });

  it('archives in the folder', () => {
    expect(codes(['images.zip', 'masks.zip'])).toEqual([
      'error archive-in-folder images.zip It lies packed in the folder and is not opened.',
      'error archive-in-folder masks.zip It lies packed in the folder and is not opened.',
    ]);
    expect(codes(['images/a.png', 'masks/a.png', 'more.tar.gz'])).toEqual([
      'warning archive-in-folder more.tar.gz It lies packed in the folder and is not opened.',
    ]);
  });
});

describe('what does not fit, or fits twice, is reported', () => {
  const cases: [string, string[], string, string, string][] = [
    [
      'an image without mask',
      ['images/a.png', 'images/b.png', 'masks/a.png'],
      'unpaired-image',
      'images/b.png',
      'No mask was found',
    ],
    [
      'a mask for several recordings',
      ['P1/P1_t1.png', 'P1/P1_t2.png', 'P1/P1_seg.png'],
      'unpaired-mask',
      'P1/P1_seg.png',
      'any of 2 images (P1/P1_t1.png, P1/P1_t2.png)',
    ],
    [
      'a mask that is named after a task',
      ['images/a.png', 'task-1-annotation-2-by-1-tag-cell-0.png'],
      'unpaired-mask',
      'task-1-annotation-2-by-1-tag-cell-0.png',
      'Label Studio names',
    ],
    [
      'masks in a format that is not read',
      ['images/a.png', 'masks/a.npy'],
      'unsupported-format',
      'masks/a.npy',
      'not read',
    ],
    [
      'a mask without image',
      ['images/a.png', 'masks/a.png', 'masks/b.png'],
      'unpaired-mask',
      'masks/b.png',
      'No image was found',
    ],
    [
      'a test folder without labels',
      ['train/image/0.png', 'train/label/0.png', 'test/0.png', 'test/1.png', 'test/2.png'],
      'folder-without-masks',
      'test',
      'None of the 3 images',
    ],
    [
      'a test split without labels, one folder per image',
      [
        's_train/a/images/a.png',
        's_train/a/masks/x.png',
        's_test/b/images/b.png',
        's_test/c/images/c.png',
        's_test/d/images/d.png',
      ],
      'folder-without-masks',
      's_test',
      'None of the 3 images',
    ],
    [
      'a folder of several splits above, of which one has no labels',
      [
        'set/train/a/images/a.png',
        'set/train/a/masks/x.png',
        'set/test/b/images/b.png',
        'set/test/c/images/c.png',
        'set/test/d/images/d.png',
      ],
      'folder-without-masks',
      'set/test',
      'None of the 3 images',
    ],
    [
      'a mask of two channels of an image',
      ['x/s1_w1.png', 'x/s1_w2.png', 'x/s1_mask.png'],
      'unpaired-mask',
      'x/s1_mask.png',
      'may belong to any of 2 images (x/s1_w1.png, x/s1_w2.png)',
    ],
    [
      'two masks of equal standing',
      ['images/a.png', 'labels/a.png', 'masks/a.png'],
      'ambiguous-mask',
      'images/a.png',
      'masks/a.png is used',
    ],
    [
      'two masks of two words',
      ['a.png', 'a_mask.png', 'a_seg.png'],
      'ambiguous-mask',
      'a.png',
      'Several masks fit',
    ],
    [
      'an image in two formats',
      ['images/a.jpg', 'images/a.png', 'masks/a.png'],
      'ambiguous-image',
      'images/a.jpg',
      'images/a.png, which is used',
    ],
    [
      'one mask for images of two folders',
      ['x/a.png', 'y/a.png', 'masks/a.png'],
      'ambiguous-image',
      'x/a.png',
      'none of them is used',
    ],
    [
      'gold and silver truth',
      ['01/t000.tif', '01_GT/SEG/man_seg000.tif', '01_ST/SEG/man_seg000.tif'],
      'ambiguous-mask',
      '01',
      'gold is used',
    ],
    [
      'sparse annotation',
      ['01/t000.tif', '01/t001.tif', '01_GT/SEG/man_seg000.tif'],
      'sparse-annotation',
      '01',
      '1 of 2 frames',
    ],
    [
      'a gold mask without frame',
      ['01/t000.tif', '01_GT/SEG/man_seg000.tif', '01_GT/SEG/man_seg007.tif'],
      'unpaired-mask',
      '01_GT/SEG/man_seg007.tif',
      'no frame of that number',
    ],
    [
      'further channels',
      ['imagesTr/a_0000.png', 'imagesTr/a_0001.png', 'labelsTr/a.png'],
      'further-channel',
      'imagesTr/a_0001.png',
      'only the first channel is read',
    ],
    [
      'masks of another kind',
      ['images/a.png', 'masks/a.png', 'instances/a.png'],
      'other-masks-ignored',
      'instances',
      'not used',
    ],
    [
      'a format that is not read',
      ['images/a.png', 'masks/a.png', 'images/b.czi', 'c.nii.gz'],
      'unsupported-format',
      'images/b.czi',
      'not read',
    ],
  ];
  it.each(cases)('%s', (_name, paths, code, file, problem) => {
    const finding = discoverPairs(paths).findings.find((found) => found.code === code);
    expect(finding).toMatchObject({ file, problem: expect.stringContaining(problem) as string });
  });

  it('never pairs equal numbers where as many masks begin with another one', () => {
    const numbered = (from: number, name: string): string[] =>
      [0, 1, 2, 3].map((index) => `${name}_${String(from + index).padStart(3, '0')}.png`);
    const paths = [...numbered(1, 'images/img'), ...numbered(0, 'masks/mask')];
    expect(shown(paths)).toEqual([]);
    expect(discoverPairs(paths).findings[0]).toMatchObject({ code: 'numbers-shifted', severity: 'error' });
    expect(shown([...numbered(1, 'images/img'), ...numbered(1, 'masks/mask')])).toHaveLength(4);
    // One image without a mask is no shift.
    expect(
      shown([...numbered(1, 'images/img'), 'images/img_005.png', ...numbered(2, 'masks/mask')]),
    ).toHaveLength(4);
  });

  it('names of folders that differ are told where numbers alone join images and masks', () => {
    const { pairs, findings } = discoverPairs(['images/siteA/1.png', 'masks/siteB/1.png']);
    expect(pairs).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'paired-across-folders', file: 'images/siteA' });
  });

  it('kinds of masks that nothing tells apart are named, and a person chooses', () => {
    const paths = [1, 2, 3].flatMap((n) => [
      `Original Images/I_${n}.jpg`,
      ...['HE', 'MA'].map((kind) => `Groundtruths/${kind}s/I_${n}_${kind}.tif`),
    ]);
    const first = discoverPairs(paths);
    expect(first.findings.map(({ code }) => code)).toContain('mask-kind-guessed');
    expect([...first.maskSources.keys()]).toEqual(['"HE" in the file name', '"MA" in the file name']);
    const chosen = discoverPairs(paths, undefined, 'MA');
    expect(chosen.pairs.map(({ masks }) => masks)).toEqual(
      [1, 2, 3].map((n) => [`Groundtruths/MAs/I_${n}_MA.tif`]),
    );
    expect(chosen.findings.map(({ code }) => code)).not.toContain('mask-kind-guessed');
  });

  it('masks of two people in folders of their own are kinds, and folders of sites are none', () => {
    const two = [1, 2, 3].flatMap((n) => [`images/${n}.png`, `masks/anna/${n}.png`, `masks/ben/${n}.png`]);
    expect([...discoverPairs(two).maskSources.keys()]).toEqual(['anna/', 'ben/']);
    expect(discoverPairs(two, undefined, 'ben').pairs.map(({ masks }) => masks)).toEqual(
      [1, 2, 3].map((n) => [`masks/ben/${n}.png`]),
    );
    const sites = [1, 2, 3].flatMap((n) =>
      ['ulm', 'kiel'].flatMap((site) => [
        `images/${site}/${n}.png`,
        `masks/${site === 'ulm' ? 'new' : site}/${n}.png`,
      ]),
    );
    expect([...discoverPairs(sites).maskSources.keys()]).toEqual(['masks/']);
    expect(discoverPairs(sites).pairs.map(({ image }) => image)).toEqual(
      [1, 2, 3].map((n) => `images/kiel/${n}.png`),
    );
  });

  it('masks put aside in another folder are told where those in place are of several kinds', () => {
    const each = (...names: ((n: number) => string)[]): string[] =>
      [1, 2, 3].flatMap((n) => [`images/c${n}x.png`, ...names.map((name) => name(n))]);
    const sides = [
      (n: number): string => `masks/c${n}x_left.png`,
      (n: number): string => `masks/c${n}x_right.png`,
    ];
    for (const aside of ['masks_old', 'masks/backup']) {
      const { pairs, findings, maskSources } = discoverPairs(each(...sides, (n) => `${aside}/c${n}x.png`));
      expect(pairs.map(({ masks }) => masks)).toEqual([1, 2, 3].map((n) => [`${aside}/c${n}x.png`]));
      expect(findings[0]).toMatchObject({
        code: 'mask-kind-guessed',
        problem: expect.stringContaining(`those of ${aside} are used`) as string,
      });
      expect([...maskSources.keys()]).toContain('"left" in the file name');
    }
    const added = discoverPairs([
      ...[1, 2, 3].flatMap((n) => [`images/c${n}x.png`, `masks/backup/c${n}x_v.png`]),
      ...[1, 2, 3].flatMap((n) => [`masks/c${n}x_v_left.png`, `masks/c${n}x_v_right.png`]),
    ]);
    expect(added.findings[0]).toMatchObject({
      code: 'mask-kind-guessed',
      problem: expect.stringContaining('"masks/backup" is used') as string,
    });
    // Beside its further kinds, what has the image's name is meant.
    expect(discoverPairs(each(...sides, (n) => `masks/c${n}x.png`)).findings.map(({ code }) => code)).toEqual(
      ['other-masks-ignored'],
    );
  });

  it('masks of two people are kinds also where a tool added a word to their names', () => {
    const paths = [1, 2, 3].flatMap((n) => [
      `images/c${n}x.png`,
      `masks/anna/c${n}x_byhand.png`,
      `masks/ben/c${n}x_byhand.png`,
    ]);
    expect([...discoverPairs(paths).maskSources.keys()]).toEqual(['anna/', 'ben/']);
    expect(discoverPairs(paths, undefined, 'ben').pairs.map(({ masks }) => masks)).toEqual(
      [1, 2, 3].map((n) => [`masks/ben/c${n}x_byhand.png`]),
    );
  });

  it('of masks in two folders with a word that a tool added, those in place are used, and it is told', () => {
    const paths = [1, 2, 3].flatMap((n) => [
      `images/c${n}x.png`,
      `masks_old/c${n}x_byhand.png`,
      `masks/c${n}x_byhand.png`,
    ]);
    const { pairs, findings } = discoverPairs(paths);
    expect(pairs.map(({ masks }) => masks)).toEqual([1, 2, 3].map((n) => [`masks/c${n}x_byhand.png`]));
    expect(findings.map(({ code }) => code)).toEqual(Array(3).fill('ambiguous-mask'));
  });

  it('never joins an image of one split with a mask in the folder of another', () => {
    expect(shown(['images/test/A_4.png', 'masks/train/a_4.png', 'masks/train/c.png'])).toEqual([]);
    expect(shown(['images/test/A_4.png', 'masks/a_4.png'])).toHaveLength(1);
  });

  it('a mask that may be a numbered part of another image\u2019s is told', () => {
    const { findings } = discoverPairs([
      ...['scan', 'scan (1)'].flatMap((name) => [1, 2].map((n) => `masks/${name}_mask_${n}.png`)),
      'images/scan.png',
      'images/scan (1).png',
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'ambiguous-mask',
        file: 'images/scan (1).png',
        problem: expect.stringContaining('masks/scan_mask_1.png') as string,
      }),
    );
    const named = ['scan', 'scan (1)'].flatMap((name) => [`images/${name}.png`, `masks/${name}_mask.png`]);
    expect(discoverPairs(named).findings).toEqual([]);
  });

  it('what is called otherwise is no part of the numbered masks of an image', () => {
    const numbered = ['x.png', 'masks/x_mask_1.png', 'masks/x_mask_2.png'];
    const { pairs, findings } = discoverPairs([...numbered, 'masks/x_mask_predicted.png']);
    expect(pairs.map(({ masks }) => masks)).toEqual([numbered.slice(1)]);
    expect(findings[0]).toMatchObject({ code: 'ambiguous-mask', file: 'x.png' });
    expect(discoverPairs([...numbered, 'masks/x_mask.png']).findings).toEqual([]);
    const own = [
      'a/images/a.png',
      'b/images/b.png',
      'a/masks/a.png',
      'b/masks/b.png',
      'b/masks/b_predicted.png',
    ];
    expect(discoverPairs(own).pairs.map(({ masks }) => masks)).toEqual([
      ['a/masks/a.png'],
      ['b/masks/b.png'],
    ]);
    expect(discoverPairs(own).findings[0]).toMatchObject({ code: 'ambiguous-mask', file: 'b/images/b.png' });
  });

  it('masks of several kinds that a person chose count together', () => {
    const paths = [1, 2, 3].flatMap((n) => [
      `images/${n}.png`,
      `left masks/${n}.png`,
      ...(n === 3 ? [] : [`right masks/${n}.png`]),
    ]);
    const both = discoverPairs(paths, undefined, 'left masks, right masks/');
    expect(both.pairs.map(({ masks }) => masks)).toEqual([
      ['left masks/1.png', 'right masks/1.png'],
      ['left masks/2.png', 'right masks/2.png'],
      ['left masks/3.png'],
    ]);
    expect(both.findings).toEqual([]);
    expect(both.convention).toBe('mask files of 2 kinds');
    expect(discoverPairs(paths, undefined, 'left masks, none').pairs).toEqual([]);
  });

  it('masks of one image that are called alike for every image count together, or one of them', () => {
    const paths = [1, 2, 3].flatMap((n) => [
      `s${n}/ct.nii.gz`,
      ...['liver', 'rib_left_1', 'rib_left_2'].map((organ) => `s${n}/segmentations/${organ}.nii.gz`),
    ]);
    const all = discoverPairs(paths);
    expect(all.pairs.map(({ masks }) => masks.length)).toEqual([3, 3, 3]);
    expect([...all.maskSources]).toEqual([
      ['"liver" in the file name', 3],
      ['"rib left" in the file name', 6],
    ]);
    expect(discoverPairs(paths, undefined, 'rib left').pairs[0]?.masks).toHaveLength(2);
    // Objects of an image, which are only numbered, are of one kind.
    const numbered = paths.map((path) => path.replace(/liver|rib_left/, 'nucleus'));
    expect([...discoverPairs(numbered).maskSources.keys()]).toEqual(['segmentations/']);
  });

  it.each([
    ['im1.ppm.gz', 'im1.ppm.gz', 'Unpack it'],
    ['s.ome.zarr/0/0.0', 's.ome.zarr', 'Save it as TIFF'],
  ])('%s is named as what is not read', (path, file, remedy) => {
    const { findings } = discoverPairs([path, 's.ome.zarr/.zgroup']);
    expect(findings.find((finding) => finding.file === file)).toMatchObject({
      code: 'unsupported-format',
      remedy: expect.stringContaining(remedy) as string,
    });
  });

  it('never guesses between images of different folders', () => {
    expect(shown(['x/a.png', 'y/a.png', 'masks/a.png'])).toEqual([]);
  });
});
