import type { Publication } from './publication.ts';

/** "Ada Lovelace (Analytical Engine)" as a person with an institution. */
export function authorOf(entry: string): Publication['authors'][number] {
  const [, name = entry, affiliation] = /^(.*?)\s*\(([^()]*)\)$/.exec(entry) ?? [];
  return { name, ...(affiliation !== undefined && { affiliation }) };
}

/** What is to be cited, with the DOI or the address that stands in it. */
export function citationOf(entry: string): Publication['cite'][number] {
  const doi = /\b10\.\d{4,9}\/\S+/.exec(entry)?.[0];
  const url = /https?:\/\/\S+/.exec(entry)?.[0];
  const text = entry
    .replace(url ?? doi ?? '', '')
    .replace(/\bdoi:?\s*$/i, '')
    .trim();
  return {
    text: text === '' ? entry : text,
    ...(doi !== undefined ? { doi } : url !== undefined && { url }),
  };
}
