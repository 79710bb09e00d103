import { expect, test } from 'vitest';
import { inferenceSize } from '#common/use/inferenceScale.ts';
import { spreadOf, type TrainingProfile } from '#common/use/trainingProfile.ts';
import { unlikeTraining } from '#common/use/unlikeTraining.ts';

const profile: TrainingProfile = {
  images: 5,
  channels: [1],
  depths: [16],
  side: { low: 400, median: 512, high: 600 },
  complexity: {
    recipe: 'r',
    measures: { entropy: spreadOf([6, 6.2, 6.1, 6.3]), edgeDensity: spreadOf([0.1, 0.12, 0.11, 0.13]) },
  },
};

test('an image like those of the training gives no word', () => {
  const measures = { entropy: 6.35, edgeDensity: 0.11 };
  expect(unlikeTraining({ channels: 1, depth: 16, measures }, profile)).toEqual([]);
});

test('another kind of image and a measure far out are told with the training range', () => {
  const measures = { entropy: 2, edgeDensity: 0.115 };
  const words = unlikeTraining({ channels: 3, depth: 8, measures }, profile);
  expect(words).toHaveLength(3);
  expect(words[0]).toBe('in colour, trained on grey images');
  expect(words[1]).toBe('8-bit, trained on 16-bit');
  expect(words[2]).toMatch(/\[Shannon entropy\] 2, in training 6 to 6\.3/);
});

test('an image of about the size of the training images is brought to the working side, another to the training scale', () => {
  expect(inferenceSize({ width: 900, height: 600 }, 256, profile, 'auto')).toEqual({
    width: 384,
    height: 256,
    by: 'side',
  });
  expect(inferenceSize({ width: 20_000, height: 20_000 }, 256, profile, 'auto')).toEqual({
    width: 10_000,
    height: 10_000,
    by: 'training',
  });
  expect(inferenceSize({ width: 900, height: 600 }, 256, profile, 'training').by).toBe('training');
  expect(inferenceSize({ width: 20_000, height: 20_000 }, 256, profile, 'side').width).toBe(256);
});
