import { describe, expect, it } from 'vitest';
import { judgeLearning } from '../../src-main/training/judgeLearning.ts';

const image = (both: number, predictedOnly: number, referenceOnly: number) => ({
  name: 'image',
  both,
  predictedOnly,
  referenceOnly,
});

describe('judgeLearning', () => {
  it.each([
    {
      title: 'marks nothing',
      images: [image(0, 0, 30), image(0, 0, 20)],
      reason: /every pixel as background/,
    },
    {
      title: 'marks everything',
      images: [image(30, 70, 0), image(20, 80, 0)],
      reason: /every pixel as foreground/,
    },
    { title: 'hits next to nothing', images: [image(1, 5, 60)], reason: /Dice of 0.030 is near zero/ },
    {
      title: 'marks almost everything',
      images: [image(30, 69, 0)],
      reason: /no better than marking everything/,
    },
    {
      title: 'marks most of images that have no object',
      images: [image(0, 90, 0), image(0, 60, 0)],
      reason: /nothing is to be found/,
    },
  ])('says of a network that $title why it has not learnt', ({ images, reason }) => {
    const verdict = judgeLearning(
      images,
      images.map(() => 100),
    );
    expect(verdict.learnt).toBe(false);
    expect(verdict.reason).toMatch(reason);
  });

  it('accepts a network that is better than what needs no learning', () => {
    expect(judgeLearning([image(25, 10, 5)], [100])).toEqual({ learnt: true, reason: null });
  });

  it('is not led astray by a few wrong pixels in an image that rightly has an empty mask', () => {
    expect(judgeLearning([image(0, 3, 0), image(34, 1, 1)], [100, 100]).learnt).toBe(true);
    expect(judgeLearning([image(0, 3, 0)], [100]).learnt).toBe(true);
  });

  it('accepts that all is foreground where all is', () => {
    expect(judgeLearning([image(100, 0, 0)], [100]).learnt).toBe(true);
  });
});
