import { axisWeights, type AxisWeights } from '../dataset/working/axisWeights.ts';
import { type Size, weighColumns } from '../dataset/working/resampleRows.ts';

/** resampleRows for a plane whose rows come one after another: of the old rows only those that still count are kept. */
export class RowResampler {
  readonly #from: Size;
  readonly #to: Size;
  readonly #across: AxisWeights;
  readonly #down: AxisWeights;
  readonly #onRow: (row: Float64Array, y: number, unit: number) => void;
  readonly #kept = new Map<number, Float32Array>();
  #pushed = 0;
  #next = 0;

  /** @param onRow receives every new row from the top, valid until it returns; its values are to be divided by `unit` */
  constructor(from: Size, to: Size, onRow: (row: Float64Array, y: number, unit: number) => void) {
    this.#from = from;
    this.#to = to;
    this.#across = axisWeights(from.width, to.width);
    this.#down = axisWeights(from.height, to.height);
    this.#onRow = onRow;
  }

  /** @param row the next old row, copied */
  push(row: Float32Array): void {
    this.#kept.set(this.#pushed, row.slice());
    this.#pushed += 1;
    const { taps, first } = this.#down;
    while (this.#next < this.#to.height) {
      const begin = first[this.#next] ?? 0;
      if (Math.min(this.#from.height, begin + taps) > this.#pushed) break;
      for (const y of this.#kept.keys()) if (y < begin) this.#kept.delete(y);
      this.#emit(begin);
      this.#next += 1;
    }
  }

  /** New rows that are there once so many old ones were pushed. */
  rowsAfter(pushed: number): number {
    const { taps, first } = this.#down;
    const late = first.findIndex((begin) => Math.min(this.#from.height, begin + taps) > pushed);
    return late < 0 ? this.#to.height : late;
  }

  #emit(begin: number): void {
    const { taps, weights } = this.#down;
    const sums = new Float64Array(this.#from.width);
    for (let tap = 0; tap < taps; tap += 1) {
      const weight = weights[this.#next * taps + tap] ?? 0;
      const old = this.#kept.get(begin + tap);
      if (weight === 0 || !old) continue;
      for (let x = 0; x < sums.length; x += 1) sums[x] = (sums[x] ?? 0) + weight * (old[x] ?? 0);
    }
    const row = new Float64Array(this.#to.width);
    weighColumns(sums, this.#across, row);
    this.#onRow(row, this.#next, this.#across.unit * this.#down.unit);
  }
}
