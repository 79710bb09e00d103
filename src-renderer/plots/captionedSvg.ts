import type { LegendEntry } from './legendEntry.ts';

const SVG = 'http://www.w3.org/2000/svg';
const SIDE = 14;
const TITLE = 22;
const ROW = 20;
const MARK = 18;

/** What stands over a plot in a file of its own. */
export interface Caption {
  readonly title: string;
  /** What to know when reading it; may be empty. */
  readonly note: string;
  readonly legend: readonly LegendEntry[];
}

/**
 * Puts title, note and legend over a drawing, which then holds everything that the window says around it.
 * @param drawing children of the plot's svg
 * @param size of the drawing in pixels
 * @param colourOf value of a colour of the theme, by its name
 * @param widthOf width of a text in the caption's type, in pixels
 */
export function captionedSvg(
  drawing: readonly Node[],
  size: { readonly width: number; readonly height: number },
  caption: Caption,
  colourOf: (name: string) => string,
  widthOf: (text: string) => number,
): SVGSVGElement {
  const root = element('svg', {});
  const parts: SVGElement[] = [];
  let y = TITLE;
  parts.push(
    words(caption.title, SIDE, y, { 'font-weight': '600', 'font-size': '14', fill: colourOf('text') }),
  );
  for (const line of wrapped(caption.note, size.width - 2 * SIDE, widthOf)) {
    y += ROW - 3;
    parts.push(words(line, SIDE, y, { fill: colourOf('text-soft') }));
  }
  let x = SIDE;
  for (const [i, entry] of caption.legend.entries()) {
    const wide = MARK + 6 + widthOf(entry.label) + 16;
    if (i === 0 || x + wide > size.width) {
      x = SIDE;
      y += ROW;
    }
    parts.push(
      mark(entry, x, y - 4, colourOf(entry.colour)),
      words(entry.label, x + MARK + 6, y, { fill: colourOf('text-soft') }),
    );
    x += wide;
  }
  const top = y + 12;
  const plot = element('g', { transform: `translate(0 ${top})` });
  plot.append(...drawing);
  const [width, height] = [String(size.width), String(size.height + top)];
  for (const [name, value] of Object.entries({
    xmlns: SVG,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  }))
    root.setAttribute(name, value);
  root.append(element('rect', { width: '100%', height: '100%', fill: colourOf('surface') }), ...parts, plot);
  return root as SVGSVGElement;
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function words(text: string, x: number, y: number, style: Readonly<Record<string, string>>): SVGElement {
  const made = element('text', {
    x: String(x),
    y: String(y),
    'font-size': '12',
    'font-family': 'sans-serif',
    ...style,
  });
  made.textContent = text;
  return made;
}

/** @param y middle of the line of text */
function mark({ mark: kind }: LegendEntry, x: number, y: number, colour: string): SVGElement {
  const at = (values: Readonly<Record<string, number>>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
  switch (kind) {
    case 'band': {
      const group = element('g', {});
      group.append(
        element('rect', {
          ...at({ x, y: y - 5, width: MARK, height: 10 }),
          fill: colour,
          'fill-opacity': '0.18',
        }),
        element('line', {
          ...at({ x1: x, x2: x + MARK, y1: y, y2: y }),
          stroke: colour,
          'stroke-width': '2.5',
        }),
      );
      return group;
    }
    case 'line':
    case 'thin-line':
      return element('line', {
        ...at({ x1: x, x2: x + MARK, y1: y, y2: y }),
        stroke: colour,
        'stroke-width': kind === 'line' ? '2.5' : '1.5',
      });
    case 'square':
      return element('rect', {
        ...at({ x: x + 4, y: y - 5, width: 10, height: 10 }),
        fill: 'none',
        stroke: colour,
        'stroke-width': '2.5',
      });
    case 'bar':
      return element('rect', { ...at({ x: x + 4, y: y - 5, width: 10, height: 10 }), fill: colour });
    case 'dot':
    case 'ring':
      return element('circle', {
        ...at({ cx: x + 9, cy: y, r: 4 }),
        fill: kind === 'dot' ? colour : 'none',
        stroke: colour,
        'stroke-width': '2',
      });
  }
}

function wrapped(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
