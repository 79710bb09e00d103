import { call } from '../state/main/call.ts';
import { attempt, toasts } from '../state/window/toasts.svelte.ts';
import { captionedSvg, type Caption } from './captionedSvg.ts';

/** Properties that style sheets give to parts of a plot, and that a file must carry itself. */
const CARRIED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/** A drawing as a document of its own, under its caption: styles written out, in the colours of the light theme, because it goes on paper. */
export function standaloneSvg(svg: SVGSVGElement, caption: Caption): SVGSVGElement {
  const { dataset } = document.documentElement;
  const theme = dataset['theme'];
  // Styles are read before the window is painted again, so nobody sees the change.
  dataset['theme'] = 'light';
  try {
    return withStyles(svg, caption);
  } finally {
    dataset['theme'] = theme;
  }
}

function withStyles(svg: SVGSVGElement, caption: Caption): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [i, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[i];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const property of CARRIED) element.setAttribute(property, style.getPropertyValue(property));
    for (const name of ['class', 'tabindex', 'style']) element.removeAttribute(name);
  }
  copy.querySelectorAll('[data-not-saved]').forEach((element) => element.remove());
  const body = getComputedStyle(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  if (pen) pen.font = '12px sans-serif';
  return captionedSvg(
    [...copy.childNodes],
    svg.getBoundingClientRect(),
    caption,
    (name) => body.getPropertyValue(`--${name}`),
    (text) => pen?.measureText(text).width ?? 7 * text.length,
  );
}

/** Twice the size on screen, as base64. */
async function rasterise(source: string, width: number, height: number): Promise<string> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

/** Asks where to, and saves a plot there with its title and legend. SVG goes as text, PNG as base64. */
export async function savePlot(svg: SVGSVGElement, caption: Caption, format: 'svg' | 'png'): Promise<void> {
  await attempt(async () => {
    const drawing = standaloneSvg(svg, caption);
    const source = new XMLSerializer().serializeToString(drawing);
    const [width, height] = ['width', 'height'].map((side) => Number(drawing.getAttribute(side)));
    const data = format === 'svg' ? source : await rasterise(source, width ?? 0, height ?? 0);
    const file = await call('files.savePlot', { suggestion: `${caption.title}.${format}`, format, data });
    if (!file) return;
    toasts.done('The plot was saved.', {
      label: 'Show',
      run: async () => void (await attempt(() => call('files.reveal', file))),
    });
  });
}
