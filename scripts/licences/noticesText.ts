import type { Notice } from '#common/licences/notice.ts';

const RULE = '-'.repeat(100);

const title = ({ name, version, licence, inside }: Notice): string =>
  `${name}${version === null ? '' : ` ${version}`} (${licence})${inside === null ? '' : `, in ${inside}`}`;

/** All notices but our own as one text for people, with a list of names before. */
export function noticesText([own, ...others]: readonly Notice[]): string {
  const head = [
    `${own?.name ?? ''} contains the work of others. Whose it is, and under which terms, is said below.`,
    '',
    'Chromium and what it contains: see LICENSES.chromium.html in the same installation.',
    'libvips and other libraries under the LGPL are shared libraries of their own, in resources/app.asar.unpacked/node_modules/@img:',
    'you may replace them by others that you built.',
    '',
    ...others.map((notice) => `  ${title(notice)}`),
  ];
  const parts = others.map((notice) => [RULE, title(notice), RULE, '', notice.text, ''].join('\n'));
  return `${[...head, '', ...parts].join('\n')}\n`;
}
