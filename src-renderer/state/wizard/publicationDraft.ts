import { type Publication, publicationSchema } from '#common/use/publication.ts';
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
  const read = publicationSchema.safeParse(given);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path[0];
  return { wrong: field === 'licence' || field === 'cite' ? field : 'authors' };
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
