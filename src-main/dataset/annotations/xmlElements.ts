export interface XmlElement {
  /** "/image" where one ends. */
  readonly name: string;
  /** It ends where it begins. */
  readonly isEmpty: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The elements of an XML text in their order, with their attributes; text between them, comments and declarations are passed over. Entities of the
 * text's own are not looked up, so that none can grow.
 * @throws RangeError when elements do not close in their order, or the text is cut off
 */
export function* xmlElements(text: string): Generator<XmlElement> {
  const open: string[] = [];
  let at = 0;
  while ((at = text.indexOf('<', at)) >= 0) {
    if (text.startsWith('<!--', at)) at = endOf(text, '-->', at);
    else if (text.startsWith('<![CDATA[', at)) at = endOf(text, ']]>', at);
    else if (text.startsWith('<!', at) || text.startsWith('<?', at)) at = endOf(text, '>', at);
    else {
      const end = tagEnd(text, at + 1);
      if (end < 0) throw cutOff();
      const isEmpty = text[end - 1] === '/';
      const tag = text.slice(at + 1, isEmpty ? end - 1 : end);
      const name = /^\/?[^\s/>]*/.exec(tag)?.[0] ?? '';
      if (name.startsWith('/')) {
        if (open.pop() !== name.slice(1)) throw cutOff();
      } else if (!isEmpty) open.push(name);
      yield { name, isEmpty, attributes: attributesOf(tag.slice(name.length)) };
      at = end + 1;
    }
  }
  if (open.length > 0) throw cutOff();
}

const cutOff = (): RangeError => new RangeError('The elements do not close.');

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** Where a tag ends: a greater-than sign may stand within quotes. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes.set(name, decoded(double ?? single ?? ''));
  return attributes;
}

function decoded(value: string): string {
  return value.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
