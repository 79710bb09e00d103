import type { Publication } from '#common/use/publication.ts';
import { isFindable } from '#common/use/isFindable.ts';
import { authorOf, citationOf } from '#common/use/publicationEntries.ts';

/** What is written into the form of a publication; a line each for people and citations. */
export interface PublicationDraft {
  readonly authors: string;
  readonly licence: string;
  readonly cite: string;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The form of an SPDX identifier; the schema itself, which main checks by, compiles code and is kept out of the page. */
const LICENCE = /^[A-Za-z0-9.+-]{2,60}$/;

/** @returns the publication, or which field is missing or wrong */
export function readPublication({
  authors,
  licence,
  cite,
}: PublicationDraft): Publication | { readonly wrong: keyof PublicationDraft } {
  const given = {
    authors: lines(authors).map(authorOf),
    licence: licence.trim(),
    cite: lines(cite).map(citationOf),
  };
  if (given.authors.length === 0) return { wrong: 'authors' };
  if (!LICENCE.test(given.licence)) return { wrong: 'licence' };
  const isCited =
    given.cite.length > 0 && isFindable(given) && given.cite.every(({ url }) => !url || URL.canParse(url));
  return isCited ? given : { wrong: 'cite' };
}

/** A stored publication as it was written. */
export function publicationDraft(publication: Publication | null): PublicationDraft {
  if (!publication) return { authors: '', licence: 'CC-BY-4.0', cite: '' };
  const { authors, licence, cite } = publication;
  return {
    authors: authors
      .map(({ name, affiliation }) => (affiliation === undefined ? name : `${name} (${affiliation})`))
      .join('\n'),
    licence,
    cite: cite.map(({ text, doi, url }) => [text, doi ?? url].filter(Boolean).join(' ')).join('\n'),
  };
}
