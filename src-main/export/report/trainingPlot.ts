import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { EpochRecord } from '#common/training/training.ts';
import { html, type Html } from './html.ts';

const SIZE = { width: 760, height: 240, left: 64, right: 56, top: 16, bottom: 44 };

/** Loss (left axis) and validation Dice (right axis) over epochs; an SVG drawing with a text alternative. */
export function trainingPlot(history: readonly EpochRecord[]): Html {
  const x = scaleLinear([1, Math.max(2, history.length)], [SIZE.left, SIZE.width - SIZE.right]);
  const top = Math.max(...history.map((epoch) => epoch.loss), 1e-3);
  const loss = scaleLinear([0, top], [SIZE.height - SIZE.bottom, SIZE.top]).nice();
  const dice = scaleLinear([0, 1], [SIZE.height - SIZE.bottom, SIZE.top]);
  const path = (kind: string, value: (epoch: EpochRecord) => number): Html =>
    html`<path
      class="${kind}"
      d="${line<EpochRecord>((epoch) => x(epoch.epoch), value)([...history]) ?? ''}"
    />`;
  const ticks = (
    at: number,
    anchor: string,
    values: readonly number[],
    scale: (v: number) => number,
  ): Html[] =>
    values.map(
      (v) =>
        html`<text class="tick" x="${at}" y="${scale(v) + 4}" text-anchor="${anchor}"
          >${Number(v.toFixed(2))}</text
        >`,
    );
  return html`<svg
    role="img"
    aria-labelledby="training-title"
    viewBox="0 0 ${SIZE.width} ${SIZE.height}"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="training-title">Training: loss and validation Dice over ${history.length} epochs.</title>
    ${ticks(SIZE.left - 8, 'end', loss.ticks(4), loss)}
    ${ticks(SIZE.width - SIZE.right + 8, 'start', dice.ticks(5), dice)}
    ${path('loss', (epoch) => loss(epoch.loss))} ${path('dice', (epoch) => dice(epoch.validationDice))}
    <text class="axis loss-label" x="${SIZE.left}" y="${SIZE.height - 10}">loss (left)</text>
    <text
      class="axis"
      x="${(SIZE.left + SIZE.width - SIZE.right) / 2}"
      y="${SIZE.height - 10}"
      text-anchor="middle"
    >
      epochs, 1 to ${history.length}
    </text>
    <text class="axis dice-label" x="${SIZE.width - SIZE.right}" y="${SIZE.height - 10}" text-anchor="end">
      validation Dice (right)
    </text>
  </svg>`;
}
