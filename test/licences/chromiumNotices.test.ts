import { describe, expect, it } from 'vitest';
import { chromiumNotices } from '../../src-main/licences/chromiumNotices.ts';

const product = (title: string, ...terms: string[]): string =>
  `<div class="product">
<span class="title">${title}</span>
<span class="homepage"><a href="https://example.org">homepage</a></span>
<input type="checkbox" hidden id="0">
<div class="licence">
${terms.map((text) => `<pre>${text}</pre>`).join('\n')}
</div>
</div>`;
const page = (...products: string[]): string =>
  `<!doctype html><title>Credits</title><body><span class="page-title">Credits</span>${products.join('\n')}</body>`;

describe("notices from Electron's page about Chromium", () => {
  it('are one per product, with its terms as they read', () => {
    const notices = chromiumNotices(
      page(
        product('Abseil', '\nUse &quot;it&quot; &amp; keep &lt;this&gt;. &#169; &#xA9;\n'),
        product('zlib', 'Free.'),
      ),
    );
    expect(notices.map(({ name, text, inside }) => ({ name, text, inside }))).toEqual([
      { name: 'Abseil', text: 'Use "it" & keep <this>. © ©', inside: 'Chromium' },
      { name: 'zlib', text: 'Free.', inside: 'Chromium' },
    ]);
  });

  it('hold every text of a product with several', () => {
    expect(chromiumNotices(page(product('mixed', 'First.', 'Second.')))[0]?.text).toBe('First.\n\nSecond.');
  });

  it('decode an escaped ampersand once', () => {
    expect(chromiumNotices(page(product('A &amp;amp; B', 'x')))[0]?.name).toBe('A &amp; B');
  });

  it('lose no product that has no terms or no title', () => {
    const notices = chromiumNotices(page(product('bare'), product('', 'Terms.')));
    expect(notices.map(({ name, text }) => [name, text])).toEqual([
      ['bare', 'bare\nhomepage'],
      ['Product 2', 'Terms.'],
    ]);
  });

  it('are the whole page as one text when it is built in another way', () => {
    const [notice, ...others] = chromiumNotices('<html><p>Credits &amp; thanks</p><script></script></html>');
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ name: 'Chromium', text: 'Credits & thanks', inside: null });
  });
});
