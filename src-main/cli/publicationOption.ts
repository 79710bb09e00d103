import { CcnetError } from '#common/errors.ts';
import { type Publication, toldPublicationSchema } from '#common/use/publication.ts';
import { authorOf, citationOf } from '#common/use/publicationEntries.ts';
import type { Invocation, OptionSpec } from './command.ts';
import { checked, textOption } from './readOptions.ts';

const NAMES = ['authors', 'licence', 'cite'] as const;

/** What a BioImage.IO package tells of its makers; kept in the project once it was said. */
export const PUBLICATION: Readonly<Record<(typeof NAMES)[number], OptionSpec>> = {
  authors: {
    value: 'LIST',
    help: 'for bioimageio, kept in the project: authors, "Name (Institute); Name"',
  },
  licence: { value: 'SPDX', help: 'for bioimageio: licence of the network, such as CC-BY-4.0' },
  cite: {
    value: 'LIST',
    help: 'for bioimageio: what to cite, each with a DOI or an address, "Title 10.1234/abc; Title https://..."',
  },
};

/** Authors, licence and citations, or null where none was given. @throws a CcnetError of wrong use where one is missing or not valid */
export function publicationOption(options: Invocation['options']): Publication | null {
  const given = NAMES.filter((name) => textOption(options, name) !== undefined);
  if (given.length === 0) return null;
  const missing = NAMES.find((name) => !given.includes(name));
  if (missing) throw new CcnetError('option-missing', { option: missing });
  const entries = (name: (typeof NAMES)[number]): string[] =>
    (textOption(options, name) ?? '')
      .split(';')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  const value = {
    authors: entries('authors').map(authorOf),
    licence: (textOption(options, 'licence') ?? '').trim(),
    cite: entries('cite').map(citationOf),
  };
  return checked(toldPublicationSchema, value, (field) => `--${field}`);
}
