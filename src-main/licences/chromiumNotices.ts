import type { Notice } from '#common/licences/notice.ts';

const NAME = 'Chromium';
const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (html: string): string =>
  html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => CHARACTERS[name] ?? '');

/**
 * Notices of Chromium and what it contains, from the page that Electron ships (LICENSES.chromium.html): one per product in it,
 * or the whole page as one text when it is not built as it used to be. No product is lost silently: what has no text is kept
 * under its name with the words that the page has for it.
 */
export function chromiumNotices(html: string): readonly Notice[] {
  const notice = (name: string, text: string): Notice => ({
    name,
    version: null,
    licence: 'see its text',
    inside: NAME,
    text,
  });
  const textOf = (part: string): string => decoded(part.replace(/<[^>]*>/g, '')).trim();
  const products = html.split(/<div class="product">/).slice(1);
  if (products.length === 0) return [{ ...notice(NAME, textOf(html) || '(empty)'), inside: null }];
  return products.map((product, i) => {
    const title = textOf(/<span class="title">([^]*?)<\/span>/.exec(product)?.[1] ?? '');
    const terms = [...product.matchAll(/<pre>([^]*?)<\/pre>/g)].map(([, text = '']) => decoded(text).trim());
    return notice(title || `Product ${i + 1}`, terms.join('\n\n').trim() || textOf(product) || '(no text)');
  });
}
