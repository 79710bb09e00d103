import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { formatFactor } from '#common/network/factor.ts';
import { formatCount } from '#common/format.ts';
import { html, type Html, trusted } from './html.ts';
import type { CurvePoint } from '#common/calibration/measuredCurve.ts';
import type { ReportData } from './reportData.ts';

const SIZE = { width: 760, height: 400, left: 64, right: 20, top: 20, bottom: 64 };

/**
 * Predicted Dice over network size (logarithmic) with its interval, the curves of the datasets it rests on, the points
 * measured on this dataset, and the choice; an SVG drawing with a text alternative.
 */
export function accuracyPlot(
  data: Pick<ReportData, 'candidates' | 'calibration' | 'measured' | 'choice' | 'dataset'>,
): Html {
  const points = [...data.candidates].sort((a, b) => a.parameters - b.parameters);
  const measured = [...data.measured].sort((a, b) => a.parameters - b.parameters);
  const sizes = [...points, ...measured].map((point) => point.parameters);
  const x = scaleLog(
    [Math.min(...sizes) / 1.3, Math.max(...sizes) * 1.3],
    [SIZE.left, SIZE.width - SIZE.right],
  );
  const y = scaleLinear([0, 1], [SIZE.height - SIZE.bottom, SIZE.top]);
  const curve = line<CurvePoint>(
    (point) => x(point.parameters),
    (point) => y(point.dice),
  );
  const band = area<(typeof points)[number]>()
    .x((point) => x(point.parameters))
    .y0((point) => y(point.low))
    .y1((point) => y(point.high));
  const centre = line<(typeof points)[number]>(
    (point) => x(point.parameters),
    (point) => y(point.predicted),
  );
  const chosen = data.choice.kind === 'chosen' ? data.choice : undefined;
  const path = (d: string | null, kind: string): Html => html`<path class="${kind}" d="${d ?? ''}" />`;
  const others = data.calibration.map(
    (set) =>
      html`<g
        ><title>${set.dataset}</title
        >${path(curve([...set.points].sort((a, b) => a.parameters - b.parameters)), 'other')}</g
      >`,
  );
  const yTicks = y
    .ticks(5)
    .map(
      (tick) =>
        html`<line
            class="grid"
            x1="${SIZE.left}"
            x2="${SIZE.width - SIZE.right}"
            y1="${y(tick)}"
            y2="${y(tick)}"
          />
          <text class="tick" x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end"
            >${tick.toFixed(1)}</text
          >`,
    );
  const xTicks = points.map(
    (point) =>
      html`<text
          class="tick"
          x="${x(point.parameters)}"
          y="${SIZE.height - SIZE.bottom + 18}"
          text-anchor="middle"
          >${formatFactor(point.alpha)}</text
        >
        <text
          class="tick small"
          x="${x(point.parameters)}"
          y="${SIZE.height - SIZE.bottom + 33}"
          text-anchor="middle"
          >${formatCount(point.parameters)}</text
        >`,
  );
  const dots = measured.map(
    (point) =>
      html`<circle class="measured" cx="${x(point.parameters)}" cy="${y(point.dice)}" r="5"
        ><title>measured ${point.dice.toFixed(3)}</title></circle
      >`,
  );
  const mark = chosen
    ? html`<line
          class="choice"
          x1="${x(chosen.parameters)}"
          x2="${x(chosen.parameters)}"
          y1="${SIZE.top}"
          y2="${SIZE.height - SIZE.bottom}"
        />
        <text class="choice-label" x="${x(chosen.parameters) + 6}" y="${SIZE.top + 12}">chosen</text>`
    : trusted('');
  return html`<svg
    role="img"
    aria-labelledby="accuracy-title"
    viewBox="0 0 ${SIZE.width} ${SIZE.height}"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="accuracy-title">
      Predicted accuracy of ${data.dataset.name} over network size; the table below holds the same numbers.
    </title>
    ${yTicks} ${xTicks} ${others} ${path(band(points), 'band')} ${path(centre(points), 'predicted')} ${mark}
    ${dots}
    <text
      class="axis"
      x="${(SIZE.left + SIZE.width - SIZE.right) / 2}"
      y="${SIZE.height - 12}"
      text-anchor="middle"
    >
      multiplicative factor, and parameters (logarithmic)
    </text>
    <text
      class="axis"
      transform="translate(18 ${(SIZE.top + SIZE.height - SIZE.bottom) / 2}) rotate(-90)"
      text-anchor="middle"
    >
      Dice on unseen images
    </text>
  </svg>`;
}
