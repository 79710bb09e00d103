import type { SampleSource } from '#common/dataset/dataset.ts';
import type { LiveExample, ShowExamples } from '#contract/liveExample.ts';
import { drawPrediction } from '../../export/report/drawPrediction.ts';
import { type OverlayGround, overlayGround } from '../../export/report/overlayGround.ts';
import type { SegmentedImage } from '../../training/evaluate.ts';
import { dice } from '../../training/scoreImages.ts';
import type { ExamplesListener } from '../../training/validateEpoch.ts';

/** Longer side of a picture in pixels. */
const LONGEST = 256;
/** Drawing, which goes on beside the training, takes about this share of the time at most. */
const MOST_OF_TIME = 1 / 40;
/** Time between two sets of pictures: long enough for the eye, and not made long by a slow first one. */
const INTERVAL_MS = { least: 500, most: 3000 };
/** Fast encoding, because a picture lives for one epoch; smart subsampling keeps the colour of thin outlines. */
const WEBP = { quality: 85, effort: 0, smartSubsample: true };

/**
 * Draws the example images of a training while it goes on: an epoch that ends while another is still drawn, or soon
 * after it, is left out, so that drawing never holds up the training.
 */
export class ExamplePainter {
  readonly #source: SampleSource;
  readonly #show: ShowExamples;
  readonly #grounds = new Map<number, Promise<OverlayGround>>();
  #drawing: Promise<void> | null = null;
  #nextAt = Number.NEGATIVE_INFINITY;

  /** @param source of the images that `show` is given: the validation split */
  constructor(source: SampleSource, show: ShowExamples) {
    this.#source = source;
    this.#show = show;
  }

  /** Begins to draw, and returns at once. */
  readonly listen: ExamplesListener = (epoch, images) => {
    const begun = performance.now();
    if (this.#drawing || begun < this.#nextAt) return;
    this.#drawing = this.#draw(epoch, images)
      // A file that cannot be read ends the training itself, with its name and a remedy.
      .catch(() => undefined)
      .finally(() => {
        this.#drawing = null;
        const pause = (performance.now() - begun) / MOST_OF_TIME;
        this.#nextAt = begun + Math.min(INTERVAL_MS.most, Math.max(INTERVAL_MS.least, pause));
      });
  };

  /** Resolves when nothing is being drawn. */
  async settled(): Promise<void> {
    await this.#drawing;
  }

  async #draw(epoch: number, images: readonly SegmentedImage[]): Promise<void> {
    const examples = await Promise.all(images.map((image) => this.#example(image)));
    this.#show({ epoch, images: examples });
  }

  async #example({ index, sample, probabilities, counts }: SegmentedImage): Promise<LiveExample> {
    const known = this.#grounds.get(index);
    const ground = known ?? this.#ground(index);
    if (!known) this.#grounds.set(index, ground);
    const bytes = await drawPrediction(await ground, probabilities)
      .webp(WEBP)
      .toBuffer();
    return {
      name: sample.name,
      dice: dice(counts),
      overlay: `data:image/webp;base64,${bytes.toString('base64')}`,
    };
  }

  async #ground(index: number): Promise<OverlayGround> {
    const sample = await this.#source.load(index);
    return overlayGround(sample, LONGEST / Math.max(sample.width, sample.height));
  }
}
