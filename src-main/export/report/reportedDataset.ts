import { html, type Html } from './html.ts';

/** The line in a report's head that says which dataset it is on. */
export function datasetMark(fingerprint: string): Html {
  return html`<meta name="ccnet-dataset" content="${fingerprint}" />`;
}

/** The fingerprint of the dataset that a page is the report on, from its beginning; null where it is no report. */
export function reportedDataset(page: string): string | null {
  return /<meta name="ccnet-dataset" content="([^"]*)" \/>/.exec(page)?.[1] ?? null;
}
