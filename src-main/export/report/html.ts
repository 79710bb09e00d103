/** Text that is already safe HTML. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Part = Html | string | number | readonly Part[];

function render(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string')
    return part.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  if ('html' in part) return part.html;
  return part.map(render).join('');
}

/** Template tag: everything put in is escaped unless it is Html itself, so that no file name can become markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, piece, i) => text + render(parts[i - 1] ?? '') + piece) };
}

/** Marks text from our own code, such as an SVG drawing, as safe. */
export function trusted(text: string): Html {
  return { html: text };
}
