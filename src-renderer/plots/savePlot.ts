import { call } from '../state/main/call.ts';
import { attempt, toasts } from '../state/window/toasts.svelte.ts';

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

/** A drawing as a document of its own: styles written out, in the colours of the light theme, because it goes on paper. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const { dataset } = document.documentElement;
  const theme = dataset['theme'];
  // Styles are read before the window is painted again, so nobody sees the change.
  dataset['theme'] = 'light';
  try {
    return withStyles(svg);
  } finally {
    dataset['theme'] = theme;
  }
}

function withStyles(svg: SVGSVGElement): string {
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
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).getPropertyValue('--surface'));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
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

/** Asks where to, and saves a drawing there. SVG goes as text, PNG as base64. */
export async function savePlot(svg: SVGSVGElement, name: string, format: 'svg' | 'png'): Promise<void> {
  await attempt(async () => {
    const source = standaloneSvg(svg);
    const { width, height } = svg.getBoundingClientRect();
    const data = format === 'svg' ? source : await rasterise(source, width, height);
    const file = await call('files.savePlot', { suggestion: `${name}.${format}`, format, data });
    if (!file) return;
    toasts.done('The plot was saved.', {
      label: 'Show',
      run: async () => void (await call('files.reveal', file)),
    });
  });
}
