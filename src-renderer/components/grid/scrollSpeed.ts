/** Pixels a millisecond above which nobody can look at what passes: a whole screen in about a quarter of a second. */
const RUSH = 2.5;

/** Tells rushing past from looking, from the scroll positions and times of successive scroll events. */
export class ScrollSpeed {
  #top: number;
  #time: number;

  constructor(top: number, time: number) {
    this.#top = top;
    this.#time = time;
  }

  /** Notes where the view is now, in pixels and milliseconds. @returns whether it moved there too fast to be looked at */
  rushesTo(top: number, time: number): boolean {
    const speed = Math.abs(top - this.#top) / Math.max(1, time - this.#time);
    this.#top = top;
    this.#time = time;
    return speed > RUSH;
  }
}
