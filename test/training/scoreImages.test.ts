import { describe, expect, it } from 'vitest';
import { Random } from '#common/random.ts';
import { countPixels, scoreImages } from '../../src-main/training/scoreImages.ts';

/** Dice and IoU on sets of pixel positions, as the textbook writes them. */
function setScores(predicted: ReadonlySet<number>, reference: ReadonlySet<number>) {
  const both = [...predicted].filter((position) => reference.has(position)).length;
  const union = new Set([...predicted, ...reference]).size;
  return {
    dice: union === 0 ? 1 : (2 * both) / (predicted.size + reference.size),
    iou: union === 0 ? 1 : both / union,
  };
}

const positions = (values: Iterable<number>, threshold: number) =>
  new Set([...values].flatMap((value, index) => (value > threshold ? [index] : [])));

describe('scoreImages', () => {
  it('agrees with set arithmetic on random masks, per image and pooled', () => {
    const random = Random.fromSeed(1);
    const images = Array.from({ length: 12 }, (_, i) => ({
      name: `image ${i}`,
      probabilities: Float32Array.from({ length: 100 }, () => random.uniform()),
      mask: Uint8Array.from({ length: 100 }, () => (random.uniform() < i / 12 ? 1 : 0)),
    }));
    const accuracy = scoreImages(
      images.map((image) => countPixels(image.name, image.probabilities, image.mask)),
    );
    const expected = images.map(({ probabilities, mask }) =>
      setScores(positions(probabilities, 0.5), positions(mask, 0)),
    );
    for (const [i, { dice, iou }] of expected.entries()) {
      expect(accuracy.perImage[i]?.dice).toBeCloseTo(dice, 12);
      expect(accuracy.perImage[i]?.iou).toBeCloseTo(iou, 12);
    }
    expect(accuracy.dice).toBeCloseTo(expected.reduce((sum, { dice }) => sum + dice, 0) / 12, 12);
    expect(accuracy.iou).toBeCloseTo(expected.reduce((sum, { iou }) => sum + iou, 0) / 12, 12);
    const pooled = setScores(
      positions(
        images.flatMap(({ probabilities }) => [...probabilities]),
        0.5,
      ),
      positions(
        images.flatMap(({ mask }) => [...mask]),
        0,
      ),
    );
    expect(accuracy.pooledDice).toBeCloseTo(pooled.dice, 12);
    expect(accuracy.pooledIou).toBeCloseTo(pooled.iou, 12);
  });

  it('gives what scikit-learn gives (f1_score and jaccard_score, computed once)', () => {
    // rows of 4 x 5: predicted and reference, see scoreImages.reference.py
    const predicted = Float32Array.of(1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0);
    const reference = Uint8Array.of(1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0);
    const { dice, iou } = scoreImages([countPixels('stored', predicted, reference)]);
    expect(dice).toBeCloseTo(0.7777777777777778, 12);
    expect(iou).toBeCloseTo(0.6363636363636364, 12);
  });

  it.each([
    { title: 'both empty', predicted: 0, reference: 0, expected: 1 },
    { title: 'a missed object', predicted: 0, reference: 1, expected: 0 },
    { title: 'an invented object', predicted: 1, reference: 0, expected: 0 },
  ])('scores $title as $expected', ({ predicted, reference, expected }) => {
    const { dice, iou } = scoreImages([
      countPixels('a', Float32Array.of(predicted), Uint8Array.of(reference)),
    ]);
    expect([dice, iou]).toEqual([expected, expected]);
  });

  it('weighs small and large images alike in the mean, and by pixels when pooled', () => {
    const small = countPixels('small', Float32Array.of(0), Uint8Array.of(1));
    const large = countPixels('large', new Float32Array(99).fill(1), new Uint8Array(99).fill(1));
    const { dice, pooledDice } = scoreImages([small, large]);
    expect(dice).toBe(0.5);
    expect(pooledDice).toBeCloseTo((2 * 99) / (99 + 100), 12);
  });

  it('counts no pixel that does not count, predicted or not', () => {
    const probabilities = Float32Array.from([0.9, 0.9, 0.9, 0.1, 0.1, 0.1]);
    const counts = countPixels('a', probabilities, Uint8Array.from([1, 0, 2, 1, 0, 2]));
    expect(counts).toEqual({ name: 'a', both: 1, predictedOnly: 1, referenceOnly: 1 });
  });

  it('refuses masks of different sizes', () => {
    expect(() => countPixels('odd', new Float32Array(4), new Uint8Array(5))).toThrow(
      'odd: 4 probabilities for 5',
    );
  });
});
